// Registry of what is computed for the page's panels.

import type { Dataset } from "../../data/types";
import { countMultiplyAdds } from "../../experiment/bounds";
import type { Experiment } from "../../experiment/schema";
import { describeTask } from "../../experiment/tasks";
import type { Network, NetworkValues } from "../network";
import type { Frame, Look, Panel } from "../telemetry";
import type { UpcomingStep } from "../upcoming";
import { augmentedPictures } from "./augmented";
import { FiltersView } from "./filters";
import { GalleryView } from "./gallery";
import { GroupsView } from "./groups";
import { MapsView } from "./maps";
import { CurveView, PlaneViews, readKernels } from "./plane";
import { PredictionsView } from "./predictions";
import { ReportView } from "./report";

type PanelData = Pick<Frame, Exclude<Panel, "weights">>;

/** What the pictures are made of. */
export interface Subject {
  readonly values: NetworkValues;
  /** The step about to be taken, for what it will drop. */
  readonly upcoming: UpcomingStep;
  readonly look: Look;
}

/** The pictures that a data set can show, made when first asked for. */
export class Views {
  private plane: PlaneViews | null = null;
  private curve: CurveView | null = null;
  private pictures: GalleryView | null = null;
  private judged: ReportView | null = null;
  private grouped: GroupsView | null = null;
  private predicted: PredictionsView | null = null;
  private kernels: FiltersView | null = null;
  private way: MapsView | null = null;
  private readonly multiplyAdds: number;
  private readonly kind: "plane" | "curve" | "table" | "pictures";

  constructor(
    private readonly experiment: Experiment,
    private readonly network: Network,
    private readonly dataset: Dataset,
  ) {
    this.kind = describeTask(experiment.data).view;
    this.multiplyAdds = countMultiplyAdds(experiment);
  }

  /** Data of the given panels, as far as this data set has them. */
  async render(panels: ReadonlySet<Panel>, subject: Subject): Promise<PanelData> {
    const own = await this.renderOwn(panels, subject);
    const report = panels.has("report") ? await this.report(subject.values) : null;
    const groups = panels.has("groups") ? await this.groups(subject.values) : null;
    const judged = { ...(report && { report }), ...(groups && { groups }) };
    return { ...own, ...judged, ...(await this.renderInside(panels, subject)) };
  }

  private async report(values: NetworkValues) {
    if (this.dataset.type !== "classification") return null;
    this.judged ??= new ReportView(this.network, this.dataset, this.multiplyAdds);
    return this.judged.report(values);
  }

  private groups(values: NetworkValues) {
    this.grouped ??= new GroupsView(this.network, this.dataset, this.experiment);
    return this.grouped.figures(values);
  }

  /** What goes on within a network that looks at pictures. */
  private async renderInside(panels: ReadonlySet<Panel>, subject: Subject): Promise<PanelData> {
    const { network, dataset, kind } = this;
    if (kind !== "pictures") return {};
    const { values, look } = subject;
    if (panels.has("filters")) this.kernels ??= new FiltersView(network, dataset);
    if (panels.has("maps")) this.way ??= new MapsView(network, dataset);
    return {
      ...(panels.has("augmented") && {
        augmented: await augmentedPictures(dataset, subject.upcoming),
      }),
      ...(panels.has("filters") && {
        filters: (await this.kernels?.filters(values, look.firstUnit)) ?? [],
      }),
      ...(panels.has("maps") &&
        this.way && { maps: await this.way.maps(values, subject.upcoming, look.picture) }),
    };
  }

  /** What this kind of data set shows of its own. */
  private async renderOwn(panels: ReadonlySet<Panel>, subject: Subject): Promise<PanelData> {
    const { network, dataset, kind } = this;
    const { values } = subject;
    if (kind === "plane") {
      this.plane ??= new PlaneViews(network, dataset);
      return {
        ...(panels.has("boundary") && { boundary: await this.plane.boundary(values) }),
        ...(panels.has("neurons") && {
          neurons: await this.plane.neurons(values, subject.upcoming),
        }),
      };
    }
    if (kind === "curve" && panels.has("curve")) {
      this.curve ??= new CurveView(network, dataset);
      return { curve: await this.curve.fitted(values) };
    }
    if (kind === "pictures" && panels.has("gallery")) {
      this.pictures ??= new GalleryView(network, dataset, this.multiplyAdds);
      return { gallery: await this.pictures.gallery(values) };
    }
    return kind === "table" ? this.renderTable(panels, values) : {};
  }

  private async renderTable(panels: ReadonlySet<Panel>, values: NetworkValues): Promise<PanelData> {
    const { network, dataset } = this;
    if (panels.has("neurons")) {
      const kernels = await readKernels(network, values);
      const none = { size: 0, domain: [0, 0, 0, 0], layers: [], droppedInputs: null } as const;
      return { neurons: { ...none, kernels } };
    }
    if (!panels.has("predictions") || dataset.type !== "regression") return {};
    this.predicted ??= new PredictionsView(network, dataset, this.multiplyAdds);
    const predictions = await this.predicted.report(values);
    return predictions ? { predictions } : {};
  }

  dispose(): void {
    this.plane?.dispose();
    this.curve?.dispose();
    this.pictures?.dispose();
  }
}
