// For tests: forty links as people share them, from one setting to twenty, as the page writes them and by hand.
import { encodeLink } from "../canonicalLink";
import { presets } from "../presets";

/** As people write them, without a check. */
const byHand = [
  "v=1;train=30;decay=1e-3;seed=7",
  "v=1;train=30;decay=1e-3;hidden=16-16",
  "v=1;data=spiral;train=100;noise=0.3;hidden=none;l1=1e-4;opt=sgd;seed=7",
  "v=1;data=circle;hidden=8;act=tanh;rate=0.02;opt=adamw;epochs=300",
  "v=1;data=xor;train=40;wrong=0.1;drop=0.3",
  "v=1;data=tabular;hidden=none;l1prox=0.01;opt=sgd;rate=0.1",
  "v=1;data=shapes;family=cnn;blocks=16-32;head=mean;dropmap=0.1",
  "v=1;data=moons;norm=batch;batch=16",
  "v=1;hidden=4;l2=0.1;layers=2,0.5",
  "v=1;seed=2147483647",
];

/** As the page writes them. */
const written = presets
  .filter((_, at) => at % Math.max(1, Math.floor(presets.length / 34)) === 0)
  .map(({ name, experiment }, at) => encodeLink(experiment, at % 3 === 0 ? { preset: name } : {}))
  .filter((link) => link !== "v=1");

export const links40: readonly string[] = [...byHand, ...written.slice(0, 30)];
