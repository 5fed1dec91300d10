// `npm run train`: one experiment from start to table, without a page.
import "./quiet";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { type Dataset, makeDataset } from "../data";
import { actingExperiment } from "../experiment/acting";
import { encodeLink } from "../experiment/link";
import { generalizationGap, type RunRecord } from "../runs/record";
import { readsAtOnce } from "../training/backends/backend";
import { type ChosenBackend, chooseBackend } from "../training/backends/choose";
import { describeWeights } from "../training/metrics";
import type { CurvePoint, Divergence } from "../training/telemetry";
import { tf } from "../training/tensors";
import { Trainer } from "../training/trainer";
import { readArguments, type TableArguments, type TrainArguments, usage } from "./arguments";
import { breathe, nodeBackends, provideWebgpu, wasmFolder } from "./engine";
import { exitCode, InputError, runCommand } from "./errors";
import { fileSource, filesFromFolder } from "./folderSource";
import { withImages } from "./images";
import { ProgressLine } from "./progress";
import { resultTable, settingsLine } from "./table";
import { tableExperiment } from "./tableExperiment";

const now = () => performance.now();

async function prepareBackend(
  input: TrainArguments,
  dataset: Awaited<ReturnType<typeof makeDataset>>,
): Promise<ChosenBackend> {
  const graphics =
    input.backend === "webgpu" || input.backend === "auto" ? await provideWebgpu() : false;
  if (input.backend === "webgpu" && !graphics) {
    throw new InputError(
      '--backend webgpu needs the npm package "webgpu" in Node: npm install --no-save webgpu',
    );
  }
  return chooseBackend(input.backend, input.experiment, dataset, {
    wasmFolder: wasmFolder(),
    now,
    available: graphics ? ["webgpu", ...nodeBackends] : nodeBackends,
  });
}

async function main(): Promise<number> {
  if (process.argv.includes("--help")) {
    console.log(usage);
    return exitCode.done;
  }
  const given = readArguments(process.argv.slice(2));
  const input = given.table
    ? await learnFrom(given.table, given)
    : { ...given, experiment: await withImages(given.experiment, given.dataFolder) };
  const { experiment } = input;
  if (input.jsonFile !== null) checkWritable(input.jsonFile);
  console.error(settingsLine({ experiment }));
  const progress = new ProgressLine(now);
  const files = [
    ...(input.table ? [fileSource(input.table.file)] : []),
    ...(input.dataFolder ? filesFromFolder(input.dataFolder, experiment.data.kind) : []),
  ];
  const dataset = await makeDataset(experiment.data, experiment.seed, files, (file, bytes) =>
    progress.show(`reading ${file}: ${(bytes / 1e6).toFixed(1)} MB`),
  );
  const { report, facts } = await prepareBackend(input, dataset);
  const epochs: CurvePoint[] = [];
  let divergence = null as Divergence | null;
  const trainer = new Trainer(
    experiment,
    dataset,
    {
      now,
      breathe,
      onFrame(frame) {
        epochs.push(...frame.points);
        progress.training(frame, experiment.optimizer.epochs);
      },
      onStatus: () => undefined,
      onEarlyStop({ epoch, bestEpoch }) {
        progress.end();
        console.error(
          `Stopped early after ${epoch.toFixed(1)} epochs; the weights of epoch ${bestEpoch.toFixed(1)} are back.`,
        );
      },
      onDivergence(found) {
        divergence = found;
      },
    },
    {
      maximumTensorBytes: facts.maximumTensorBytes,
      readsAtOnce: readsAtOnce(report.chosen),
      everyEpoch: true,
    },
  );
  epochs.push(...(await trainer.open()).points);
  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
    void trainer.pause();
  });
  const start = now();
  trainer.train();
  const status = await trainer.finished();
  const stepsPerSecond = status.step / ((now() - start) / 1000);
  progress.end();
  const record = await makeRecord(
    input,
    trainer,
    { report, facts, target: dataset.target },
    { epochs, divergence, stopped, stepsPerSecond },
  );
  console.log(resultTable(record));
  if (input.jsonFile !== null) writeJson(input.jsonFile, record);
  if (divergence === null) return exitCode.done;
  console.error(divergenceText(divergence, input.jsonFile));
  return exitCode.diverged;
}

/** The experiment that a table and its column make, said before it is trained. */
async function learnFrom(table: TableArguments, input: TrainArguments): Promise<TrainArguments> {
  const { experiment, said } = await tableExperiment(table, input.experiment);
  for (const line of said) console.error(line);
  return { ...input, experiment };
}

/** What blew up, and which weights are kept. */
function divergenceText(
  { quantity, step, epoch, restored }: Divergence,
  jsonFile: string | null,
): string {
  const weights =
    restored.step === 0
      ? "the initial weights: none after them were good"
      : `the weights of step ${restored.step} (epoch ${restored.epoch.toFixed(2)}), the last good ones`;
  const where = jsonFile === null ? "The table shows" : `The table and ${jsonFile} hold`;
  return `Training diverged at step ${step} (epoch ${epoch.toFixed(2)}): the ${quantity} became NaN or infinite. ${where} ${weights}. Lower the learning rate or the strengths.`;
}

interface Outcome {
  readonly epochs: readonly CurvePoint[];
  readonly divergence: Divergence | null;
  readonly stopped: boolean;
  readonly stepsPerSecond: number;
}

async function makeRecord(
  { experiment }: TrainArguments,
  trainer: Trainer,
  { report, facts, target }: Pick<ChosenBackend, "report" | "facts"> & Pick<Dataset, "target">,
  { epochs, divergence, stopped, stepsPerSecond }: Outcome,
): Promise<RunRecord> {
  const { train, validation, test } = await trainer.reveal();
  const weights = await trainer.readWeights();
  const all = describeWeights(weights);
  return {
    format: "regularization-playground-run",
    version: 1,
    // What does not act would be refused when the record is read again.
    experiment: actingExperiment(experiment),
    link: encodeLink(experiment),
    seed: experiment.seed,
    backend: { name: report.chosen, device: facts.device, why: report.why },
    versions: { tfjs: tf.version_core, node: process.versions.node },
    outcome: divergence ? "diverged" : stopped ? "stopped" : "finished",
    divergence,
    epochs,
    final: { train, validation, test, gap: generalizationGap(train, validation) },
    ...(target && { target }),
    layers: await trainer.readLayers(),
    nearZero: all.nearZero,
    exactZero: all.exactZero,
    stepsPerSecond,
    parameters: Object.fromEntries(
      trainer.network.slots.map((slot) => [
        slot.name,
        { shape: slot.shape, values: [...weights.subarray(slot.offset, slot.offset + slot.size)] },
      ]),
    ),
  };
}

/** Found out before training: a long run must not end without its record. */
function checkWritable(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    throw new InputError(`--json ${file} cannot be written: ${(error as Error).message}`);
  }
}

function writeJson(file: string, record: RunRecord): void {
  try {
    writeFileSync(file, `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw new InputError(`--json ${file} could not be written: ${(error as Error).message}`);
  }
}

await runCommand(main);
