// JSX for pages that a browser translates. A translator takes text nodes out of the page and puts its own in; React holds on to the
// ones it made, and fails when it removes one or puts something before it. So no text of the page stands beside other nodes: it gets
// an element of its own, which React can keep. What is a figure is marked as not to be translated.
import { Fragment, type Key, type ReactNode } from "react";
import * as react from "react/jsx-runtime";

export type { JSX } from "react";
export { Fragment };

type Type = Parameters<typeof react.jsx>[0];

interface Props {
  readonly children?: ReactNode;
  readonly [name: string]: unknown;
}

/** May hold nothing but text, or are drawn, which translators leave alone. */
const textOnly: ReadonlySet<unknown> = new Set(["option", "textarea", "title", "text", "tspan"]);

/** Figures, with units and signs: 95.0 %, 3e-3, 12 / 300, 64×32. */
export function isFigure(text: string): boolean {
  return /\d/.test(text) && !/\p{L}/u.test(text.replace(/\de[-+−]?\d/g, ""));
}

const isText = (child: ReactNode): child is string | number =>
  typeof child === "number" || (typeof child === "string" && child !== "");

function wrapped(child: ReactNode): ReactNode {
  if (!isText(child)) return child;
  return react.jsx(
    "span",
    isFigure(String(child)) ? { translate: "no", children: child } : { children: child },
  );
}

/** One child. */
export function jsx(type: Type, props: Props, key?: Key) {
  const { children } = props;
  const plain = typeof type === "string" && isText(children) && isFigure(String(children));
  return react.jsx(type, plain ? { translate: "no", ...props } : props, key);
}

/** Several children. */
export function jsxs(type: Type, props: Props, key?: Key) {
  const { children } = props;
  if (textOnly.has(type) || !Array.isArray(children)) return react.jsxs(type, props, key);
  return react.jsxs(type, { ...props, children: children.map(wrapped) }, key);
}
