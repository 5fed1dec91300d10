// Asks for the results' chunk at once, so that it is on its way before React first renders.
import { lazy } from "react";

/** Also what listens to keys and files, which nobody uses before there is something to see. */
export const results = import("./results");

export const Announcer = lazy(async () => ({ default: (await results).Announcer }));
export const Curves = lazy(async () => ({ default: (await results).Curves }));
export const DropHint = lazy(async () => ({ default: (await results).DropHint }));
export const MeaningColumn = lazy(async () => ({ default: (await results).MeaningColumn }));
export const Notices = lazy(async () => ({ default: (await results).Notices }));
export const PredictionsPanel = lazy(async () => ({ default: (await results).PredictionsPanel }));
export const Scrubber = lazy(async () => ({ default: (await results).Scrubber }));
export const SkipLinks = lazy(async () => ({ default: (await results).SkipLinks }));
export const TrainOnButton = lazy(async () => ({ default: (await results).TrainOnButton }));
export const WeightsPanel = lazy(async () => ({ default: (await results).WeightsPanel }));

/** For phones alone. */
export const Preview = lazy(() => import("./preview/Preview"));
