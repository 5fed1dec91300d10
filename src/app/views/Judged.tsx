// On how many examples a report stands, and what stands in its place before there is one.
import type { DatasetSummary } from "../../worker/protocol";
import { count } from "../logic/figures";
import views from "./views.module.css";

interface Props {
  readonly report: { readonly count: number };
  readonly dataset: DatasetSummary;
}

/** "500", or "the first 100 of 500" */
export function Judged({ report, dataset }: Props) {
  const all = dataset.counts.validation;
  return report.count < all ? `the first ${count(report.count)} of ${count(all)}` : count(all);
}

export function NoReport() {
  return <p className={views.waiting}>The report comes with the next measurement.</p>;
}
