// Which experiments plain JavaScript trains at a watchable pace.
import { countMultiplyAdds } from "./bounds";
import type { Experiment } from "./schema";
import { describeTask } from "./tasks";

/** What a step costs beside its multiply-adds, in as many of them: about 10 ms in plain JavaScript. */
const stepCost = 2.5e6;
/** Multiply-adds of a whole run that plain JavaScript does in about a minute: some 2.5e8 a second, measured with digits-cnn. */
const minute = 1.2e10;

/** True where a whole run takes plain JavaScript about a minute at most on a usual laptop, and no files have to be read first. */
export function isLight(experiment: Experiment): boolean {
  const { data, optimizer } = experiment;
  if (describeTask(data).origin === "files") return false;
  const steps = Math.ceil(data.trainSize / optimizer.batchSize) * optimizer.epochs;
  return steps * (3 * countMultiplyAdds(experiment) * optimizer.batchSize + stepCost) <= minute;
}
