// Everything that shows measurements, as one chunk: it loads beside the shell, while the worker gets ready.
export { Curves } from "./charts/Curves";
export { listenToKeys } from "./engine/keys";
export { listenToPaste } from "./engine/paste";
export { MeaningColumn } from "./meaning/MeaningColumn";
export { Announcer } from "./notices/Announcer";
export { DropHint } from "./notices/DropHint";
export { Notices } from "./notices/Notices";
export { Scrubber } from "./runbar/Scrubber";
export { TrainOnButton } from "./runbar/TrainOnButton";
export { SkipLinks } from "./skips/SkipLinks";
export { PredictionsPanel } from "./views/PredictionsPanel";
export { WeightsPanel } from "./weights/WeightsPanel";
