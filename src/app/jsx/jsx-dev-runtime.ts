// The same in development, where one function makes elements with one child and with several.
import type { Key } from "react";
import { jsx, jsxs } from "./jsx-runtime";

export type { JSX } from "react";
export { Fragment } from "./jsx-runtime";

export function jsxDEV(
  type: Parameters<typeof jsx>[0],
  props: Parameters<typeof jsx>[1],
  key: Key | undefined,
  several: boolean,
) {
  return several ? jsxs(type, props, key) : jsx(type, props, key);
}
