// @vitest-environment happy-dom
// Texts that stand beside other nodes have an element of their own; figures are not to be translated.
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { isFigure } from "./jsx-runtime";

afterEach(cleanup);

test.each(["95.0 %", "3e-3", "12 / 300", "64×32", "−9.5", "1,940"])("%s is a figure", (text) => {
  expect(isFigure(text)).toBe(true);
});

test.each(["train", "12 of 64", "–", "", "e3x", "→"])("%s is none", (text) => {
  expect(isFigure(text)).toBe(false);
});

/** Takes every text node away, as a translator does. */
function translate(root: Element): void {
  for (const element of [root, ...root.querySelectorAll("*")])
    for (const node of [...element.childNodes])
      if (node.nodeType === 3) {
        const font = document.createElement("font");
        font.append(node.textContent ?? "");
        element.replaceChild(font, node);
      }
}

function Words({ epoch, note }: { readonly epoch: number; readonly note: string | null }) {
  return (
    <p>
      {note ? <b>!</b> : null}
      epoch {epoch} of {300}
      {note}
    </p>
  );
}

test("what changes, comes and goes between texts survives a translation", () => {
  const { container, rerender } = render(<Words epoch={1} note={null} />);
  translate(container);
  rerender(<Words epoch={2} note=", nearly there" />);
  translate(container);
  expect(container.textContent).toBe("!epoch 2 of 300, nearly there");
  rerender(<Words epoch={3} note={null} />);
  expect(container.textContent).toBe("epoch 3 of 300");
  expect(container.querySelector("[translate=no]")?.textContent).toBe("3");
});
