// The worker's entry: holds messages until the engine is loaded. WebKit runs an entry again when a chunk imports it, so none may.
import { openWhenLoaded } from "./opening";

openWhenLoaded(self, () => import("./serve"));
