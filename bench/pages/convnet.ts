// A page with ConvNetJS alone.
import { prepareConvnet } from "./contenders/convnet";
import { offer } from "./offer";

offer(prepareConvnet);
