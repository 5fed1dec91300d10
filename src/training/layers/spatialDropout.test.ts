// Spatial dropout: whole feature maps go, at the rate that was set, and the sum stays in the mean.
import { beforeAll, describe, expect, it } from "vitest";
import { Hyperparameters, neutralHyperparameters } from "../hyperparameters";
import { SeededMasks } from "../masks";
import { tf, tidy } from "../tensors";
import { switchBackend } from "../testing";
import { spatialDropout } from ".";

describe("spatial dropout", () => {
  beforeAll(() => switchBackend("cpu"));

  it("drops whole maps, keeps the rest scaled, at its rate", () => {
    const [batch, side, channels] = [40, 3, 25];
    for (const rate of [0.2, 0.6]) {
      const values = { ...neutralHyperparameters, dropoutSpatial: rate };
      const hyperparameters = new Hyperparameters(values);
      hyperparameters.prepare(values, 1);
      const masks = new SeededMasks(3, hyperparameters);
      masks.prepare(1);
      const found = tidy(() => {
        const layer = spatialDropout("maps", 2);
        const x = tf.ones([batch, side, side, channels]);
        const context = { training: true, masks, buffer: () => x, updateBuffer: () => {} };
        return [...layer.forward(x, [], context).dataSync()];
      });
      let dropped = 0;
      for (let example = 0; example < batch; example++) {
        for (let channel = 0; channel < channels; channel++) {
          const map = Array.from(
            { length: side * side },
            (_, place) => found[(example * side * side + place) * channels + channel],
          );
          expect(new Set(map).size).toBe(1);
          if (map[0] === 0) dropped++;
          else expect(map[0]).toBeCloseTo(1 / (1 - rate), 5);
        }
      }
      const maps = batch * channels;
      const deviation = Math.sqrt((rate * (1 - rate)) / maps);
      expect(Math.abs(dropped / maps - rate)).toBeLessThan(4 * deviation);
      masks.dispose();
      hyperparameters.dispose();
    }
  });
});
