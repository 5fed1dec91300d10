// A page with stock TensorFlow.js alone, so that its kernels are its own.
import { prepareStock } from "./contenders/stockTfjs";
import { offer } from "./offer";

offer(prepareStock);
