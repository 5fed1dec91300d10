// Registry of the metrics.
export { weightScalarNames, weightScalars } from "../kernels/weightScalars";
export * from "./calibration";
export * from "./classification";
export * from "./deadUnits";
export * from "./distribution";
export * from "./layerStatistics";
export * from "./regression";
export * from "./updateRatios";
