// Registry of the metrics.
export * from "./calibration";
export * from "./classification";
export * from "./deadUnits";
export * from "./distribution";
export * from "./layerStatistics";
export * from "./updateRatios";
export * from "./weightScalars";
