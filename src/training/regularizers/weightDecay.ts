// Decoupled weight decay, w ← (1 − η·λ)·w − …: the chain's addDecoupledDecay. As a penalty it would be λ/2·Σ f·w² (Loshchilov & Hutter 2019).
import type { DecoupledDecay } from "./regularizer";

export const weightDecay: DecoupledDecay = { kind: "decoupled decay", omega: "halfSquares" };
