// How many reference cases there are, as the page should say.
import { readdirSync } from "node:fs";
import { join } from "node:path";

export const caseCount = readdirSync(join(import.meta.dirname, "../src/golden/cases")).filter(
  (name) => name.endsWith(".json") && name !== "index.json",
).length;
