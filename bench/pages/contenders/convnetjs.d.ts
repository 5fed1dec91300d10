// The part of ConvNetJS 0.3.0 that the bench uses; the package brings no types.
declare module "convnetjs" {
  export class Vol {
    constructor(width: number, height: number, depth: number, fill?: number);
    w: Float64Array;
  }
  export class Net {
    makeLayers(definitions: readonly object[]): void;
  }
  export class Trainer {
    constructor(net: Net, options: object);
    train(input: Vol, target: number | readonly number[]): { loss: number };
  }
}
