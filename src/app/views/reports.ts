// What a report on predictions shows, as one chunk: its views share most of their parts.
export { CalibrationView } from "./CalibrationView";
export { ConfusionView } from "./ConfusionView";
export { DriftView } from "./DriftView";
export { ValuesView } from "./ValuesView";
