// What goes on inside a network that looks at pictures, as one chunk.
export { FiltersView } from "./FiltersView";
export { MapsView } from "./MapsView";
