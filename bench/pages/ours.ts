// A page with this project's engine: as a contender, and for what only it can be asked.
import { prepareOurs } from "./contenders/ours";
import { offer } from "./offer";
import { type OptimizerPage, optimizerPage } from "./optimizer";
import { type ProductsPage, productsPage } from "./products";
import { type TelemetryPage, telemetryPage } from "./telemetry";

export type OurPage = ProductsPage & TelemetryPage & OptimizerPage;

offer(prepareOurs);
Object.assign(globalThis, {
  ours: { ...productsPage, ...telemetryPage, ...optimizerPage } satisfies OurPage,
});
