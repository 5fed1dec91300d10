// A page with jax-js alone.
import { prepareJax } from "./contenders/jax";
import { offer } from "./offer";

offer(prepareJax);
