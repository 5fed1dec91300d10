// Asks for the controls' chunk at once: it loads beside the shell, whose size stays within its budget as settings are added.
import { lazy } from "react";

const controls = import("./controls/ExperimentColumn");

export const ExperimentColumn = lazy(async () => ({ default: (await controls).ExperimentColumn }));
