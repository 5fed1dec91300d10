// Registry of what is computed for the page's panels.

import type { Dataset } from "../../data/types";
import { countMultiplyAdds } from "../../experiment/bounds";
import type { Experiment } from "../../experiment/schema";
import { describeTask } from "../../experiment/tasks";
import type { Network, NetworkValues } from "../network";
import type { Frame, Panel } from "../telemetry";
import { GalleryView } from "./gallery";
import { CurveView, PlaneViews, readKernels } from "./plane";

type PanelData = Pick<Frame, "boundary" | "neurons" | "curve" | "gallery">;

/** The pictures that a data set can show, made when first asked for. */
export class Views {
  private plane: PlaneViews | null = null;
  private curve: CurveView | null = null;
  private pictures: GalleryView | null = null;
  private readonly multiplyAdds: number;
  private readonly kind: "plane" | "curve" | "table" | "pictures";

  constructor(
    experiment: Experiment,
    private readonly network: Network,
    private readonly dataset: Dataset,
  ) {
    this.kind = describeTask(experiment.data).view;
    this.multiplyAdds = countMultiplyAdds(experiment);
  }

  /** Data of the given panels, as far as this data set has them. */
  async render(panels: ReadonlySet<Panel>, values: NetworkValues): Promise<PanelData> {
    const { network, dataset, kind } = this;
    if (kind === "plane") {
      this.plane ??= new PlaneViews(network, dataset);
      return {
        ...(panels.has("boundary") && { boundary: await this.plane.boundary(values) }),
        ...(panels.has("neurons") && { neurons: await this.plane.neurons(values) }),
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
    if (kind === "table" && panels.has("neurons")) {
      const kernels = await readKernels(network, values);
      return { neurons: { size: 0, domain: [0, 0, 0, 0], layers: [], kernels } };
    }
    return {};
  }

  dispose(): void {
    this.plane?.dispose();
    this.curve?.dispose();
    this.pictures?.dispose();
  }
}
