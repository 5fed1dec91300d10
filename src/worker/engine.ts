// Answers the page's calls inside the worker: loads data, chooses a backend, owns the trainer.
import { type Dataset, inspectTable, makeDataset } from "../data";
import { takeAccount } from "../training/account";
import { type BackendName, backendTitles, readsAtOnce } from "../training/backends/backend";
import { chooseBackend } from "../training/backends/choose";
import { Trainer, type TrainerStatus } from "../training/trainer";
import { EngineError } from "./errors";
import { fileSources } from "./fileSources";
import { reportReading } from "./loading";
import type { CallName, Calls, EventMessage } from "./protocol";
import { summarizeDataset, summarizeNetwork } from "./summaries";

/** What the engine needs of the place it runs in. */
export interface EngineSurroundings {
  post(event: EventMessage): void;
  now(): number;
  breathe(): Promise<void>;
  rest(milliseconds: number): Promise<void>;
  readonly available: readonly BackendName[];
  /** Address of published data files, ending in "/"; null where nothing may be asked of the network. */
  readonly publicAddress: string | null;
}

type Handlers = {
  readonly [Name in CallName]: (
    request: Calls[Name]["request"],
  ) => Promise<Calls[Name]["reply"]> | Calls[Name]["reply"];
};

export class Engine {
  private trainer: Trainer | null = null;
  private started = false;

  constructor(private readonly surroundings: EngineSurroundings) {}

  /** Answers one call. @throws whatever went wrong; the caller turns it into a message. */
  async answer<Name extends CallName>(
    name: Name,
    request: Calls[Name]["request"],
  ): Promise<Calls[Name]["reply"]> {
    const handler = this.handlers[name];
    if (!handler)
      throw new EngineError("bad-request", `The engine knows no call "${String(name)}".`);
    return handler(request);
  }

  private readonly handlers: Handlers = {
    start: (request) => this.start(request),
    inspect: ({ file, data }) => inspectTable(file, data),
    train: () => this.running.train(),
    pause: () => this.running.pause(),
    advance: ({ unit }) => this.running.advance(unit),
    reset: () => this.running.reset(),
    change: ({ changes }) => ({ changes: this.running.change(changes) }),
    watch: ({ panels, framesPerSecond, look }) => this.running.watch(panels, framesPerSecond, look),
    follow: ({ leastSeconds }) => this.running.follow(leastSeconds),
    predict: async ({ inputs }) => ({ outputs: await this.running.predict(inputs) }),
    account: () => takeAccount(),
    find: (sought) => this.running.find(sought),
    classGrid: () => this.running.classGrid(),
    drift: ({ wanted }) => this.running.drift(wanted),
    reveal: () => this.running.reveal(),
  };

  private get running(): Trainer {
    if (!this.trainer) throw new EngineError("bad-request", "The run has not started yet.");
    return this.trainer;
  }

  private async start(request: Calls["start"]["request"]): Promise<Calls["start"]["reply"]> {
    if (this.started)
      throw new EngineError("bad-request", "This engine already has a run; make a new one.");
    this.started = true;
    const { surroundings } = this;
    const { experiment } = request;
    const progress = (what: string, fraction: number | null = null) =>
      surroundings.post({ event: "progress", what, fraction });
    progress("Making the data");
    const dataset = await this.loadData(request, progress);
    const { report, facts, clockResolution } = await chooseBackend(
      request.backend,
      experiment,
      dataset,
      {
        wasmFolder: request.wasmUrl,
        now: surroundings.now,
        available: surroundings.available,
        say: progress,
        orAnother: true,
      },
    );
    progress(`Compiling the network for ${backendTitles[report.chosen]}`);
    const trainer = new Trainer(
      experiment,
      dataset,
      {
        now: surroundings.now,
        breathe: surroundings.breathe,
        rest: surroundings.rest,
        onFrame: (frame) => surroundings.post({ event: "frame", frame }),
        onStatus: (status: TrainerStatus) => surroundings.post({ event: "status", status }),
        onDrift: (share) => surroundings.post({ event: "drift", share }),
        onEarlyStop: (stop) => surroundings.post({ event: "stopped", stop }),
        onDivergence: (divergence) => surroundings.post({ event: "diverged", divergence }),
      },
      {
        maximumTensorBytes: facts.maximumTensorBytes,
        readsAtOnce: readsAtOnce(report.chosen),
        clockResolution,
      },
    );
    const frame = await trainer.open();
    this.trainer = trainer;
    return {
      backend: report,
      dataset: summarizeDataset(experiment, dataset),
      network: summarizeNetwork(experiment, trainer.network),
      stepsPerEpoch: trainer.stepsPerEpoch,
      frame,
    };
  }

  private async loadData(
    { experiment, files, datasetsUrl }: Calls["start"]["request"],
    progress: (what: string, fraction?: number | null) => void,
  ): Promise<Dataset> {
    const { now, publicAddress } = this.surroundings;
    const places = { files, datasetsUrl, publicAddress, onWaiting: progress };
    const sources = await fileSources(experiment.data.kind, places);
    return makeDataset(experiment.data, experiment.seed, sources, reportReading(progress, now));
  }
}
