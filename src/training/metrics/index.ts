// Registry of the metrics.
export * from "./calibration";
export * from "./classification";
export * from "./distribution";
export * from "./layerStatistics";
export * from "./weightScalars";
