// The diagnosis of real runs: presets and plain data sets before and after what it asks for.
import { beforeAll, expect, it } from "vitest";
import { cureOf } from "../src/app/logic/diagnosis/cures";
import { diagnose } from "../src/app/logic/diagnosis/rules";
import type { Finding } from "../src/app/logic/diagnosis/types";
import { RunHistory } from "../src/app/logic/history";
import { addMarks } from "../src/app/logic/marks";
import { type Changes, withChanges } from "../src/experiment/inert";
import { findPreset, type Preset } from "../src/experiment/presets";
import { defaultExperiment, type Experiment } from "../src/experiment/schema";
import { describeTask, recommendedSettings } from "../src/experiment/tasks";
import type { CurvePoint, LiveChange } from "../src/training/telemetry";
import { makeTrainer, switchBackend } from "../src/training/testing";

interface Diagnosed {
  readonly finding: Finding;
  readonly changes: Changes | null;
}

function read(
  points: readonly CurvePoint[],
  experiment: Experiment,
  changes: readonly LiveChange[] = [],
): Diagnosed {
  const history = new RunHistory();
  history.add({ step: 0, epoch: 0, stepsPerSecond: 0, points });
  const { type, outputs } = describeTask(experiment.data);
  const { trainSize, mislabelled } = experiment.data;
  const finding = diagnose({
    columns: history.columns,
    row: history.length - 1,
    type,
    experiment,
    state: "finished",
    totalEpochs: experiment.optimizer.epochs,
    marks: addMarks([], changes, 0),
    mislabelled: type === "regression" ? 0 : Math.round(mislabelled * trainSize),
    trainCount: trainSize,
    classes: outputs,
    spread: type === "regression" ? 0.4 : null,
    failed: false,
  });
  return { finding, changes: cureOf(finding, experiment)?.changes ?? null };
}

/** The finding at the end, and the one after as many epochs again with a change; `anew` starts over with it. */
async function beforeAndAfter(
  experiment: Experiment,
  given?: Changes,
  anew = false,
): Promise<readonly [Diagnosed, Diagnosed | null]> {
  const { trainer, points } = await makeTrainer(experiment, {}, "wasm");
  trainer.train();
  await trainer.finished();
  const before = read(points, experiment);
  const changes = given ?? before.changes;
  if (!changes || anew) {
    await trainer.dispose();
    if (!changes) return [before, null];
    const [after] = await beforeAndAfter(withChanges(experiment, changes), []);
    return [before, after];
  }
  if (changes.length === 0) {
    await trainer.dispose();
    return [before, null];
  }
  const made = trainer.change(changes.map(([path, value]) => ({ path, value })));
  trainer.change([{ path: "optimizer.epochs", value: 2 * experiment.optimizer.epochs }]);
  trainer.train();
  await trainer.finished();
  const after = read(points, trainer.experiment, made);
  await trainer.dispose();
  return [before, after];
}

const preset = (name: string) => findPreset(name) as Preset;
const plain = (kind: Experiment["data"]["kind"]) =>
  withChanges(defaultExperiment, [["data.kind", kind], ...recommendedSettings[kind]]);

beforeAll(() => switchBackend("wasm"));

it.each(["moons", "xor", "circle", "clusters"] as const)(
  "%s overfits, and what is asked for cures it",
  async (kind) => {
    const [before, after] = await beforeAndAfter(plain(kind));
    expect(before.finding.symptom).toBe("overfitting");
    expect(after?.finding.symptom).toMatch(/^(gap clos|gap open|nothing wrong|agreeing)/);
    expect(after?.finding.evidence.gap).toBeLessThan(0.6 * (before.finding.evidence.gap as number));
  },
);

it.each(["spiral-dropout", "features-l1", "moons-overfit"])(
  "%s: after its own cure no one calls the same gap overfitting with certainty",
  async (name) => {
    const { experiment, suggestion } = preset(name);
    const [before, after] = await beforeAndAfter(experiment, suggestion?.changes);
    expect(before.finding).toMatchObject({ symptom: "overfitting", confidence: "high" });
    const { symptom, confidence } = (after as Diagnosed).finding;
    expect(symptom === "overfitting" && confidence === "high").toBe(false);
    expect(after?.finding.evidence.gap).toBeLessThan(before.finding.evidence.gap as number);
  },
);

it("L1 0.18 is over-regularized; starting over with what is asked for it is not, and never more decay", async () => {
  const strong = withChanges(defaultExperiment, [["regularization.l1", 0.18]]);
  const [before, after] = await beforeAndAfter(strong, undefined, true);
  expect(before.finding).toMatchObject({
    symptom: "over-regularized",
    confidence: "high",
    restart: true,
  });
  expect(before.changes).toEqual([["regularization.l1", 0.01]]);
  expect(after?.finding.symptom).not.toMatch(/over-regularized|underfitting|collapsed/);
});

it("a line through a bent cloud underfits and asks for hidden layers; a decayed network is well", async () => {
  const [line] = await beforeAndAfter(preset("curve-too-little").experiment, []);
  expect(line.finding.symptom).toBe("underfitting");
  expect(line.changes?.[0]?.[0]).toBe("model.hiddenWidths");
  const decayed = withChanges(defaultExperiment, [["regularization.weightDecay", 3]]);
  const [well] = await beforeAndAfter(decayed, []);
  expect(well.finding.symptom).toBe("nothing wrong");
  expect(well.changes).toBeNull();
});
