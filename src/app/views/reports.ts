// What a report on predictions shows, as one chunk: its two views share most of their parts.
export { CalibrationView } from "./CalibrationView";
export { ConfusionView } from "./ConfusionView";
