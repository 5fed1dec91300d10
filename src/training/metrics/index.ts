// Registry of the metrics.
export * from "./layerStatistics";
export * from "./weightScalars";
