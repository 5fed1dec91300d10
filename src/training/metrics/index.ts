// Registry of the metrics.
export * from "./deadUnits";
export * from "./layerStatistics";
export * from "./updateRatios";
export * from "./weightScalars";
