// What a contender is: one library that trains one of three networks in a page of its own.

/** MLP 784-256-10, batch 64, Adam; three blocks of convolution, batch 32, Adam; two inputs, two hidden layers of 8, batch 10. */
export const networkNames = ["mlp", "cnn", "small"] as const;
export type NetworkName = (typeof networkNames)[number];

export interface Contender {
  /**
   * One training step on the same learnable batch as all others.
   * @param issued called when everything is handed to the device and nothing is left but to wait for it; where no
   * device works beside this thread it need not be called.
   * @returns the loss before the step, once it is known.
   */
  step(issued: () => void): Promise<number>;
  /** Hands up to `count` steps, at least 1, to the device at once, where the library can. @returns how many, and the loss of the last. */
  rush?(count: number, issued: () => void): Promise<{ steps: number; loss: number }>;
  /** Kernels that the library runs in one step, where it can count them. */
  countKernels?(): Promise<number>;
  /** The machine's part that computes, where the library says so. */
  readonly device?: string;
}

/** Makes a contender ready. @throws when the library cannot train this network here; the message says why. */
export type Prepare = (network: NetworkName, backend: string) => Promise<Contender>;

/** Times of one round, in milliseconds per step. */
export interface Round {
  readonly total: number;
  /** Until everything was handed to the device. */
  readonly script: number;
  /** Loss of its last step. */
  readonly loss: number;
}

/** What a page with a contender lends to the command. */
export interface ContenderPage {
  prepare(network: NetworkName, backend: string): Promise<string | null>;
  /** @returns the loss of the first step and the milliseconds of the last one. */
  warmUp(steps: number): Promise<{ readonly firstLoss: number; readonly milliseconds: number }>;
  round(steps: number): Promise<Round>;
  /** Kernels or dispatches of one step, or null where that means nothing. */
  countDispatches(): Promise<number | null>;
}
