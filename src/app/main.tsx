// Puts the page together: stores, address, keys, one engine, and React on top.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createEngineWorker, EngineClient } from "../worker/client";
import { App } from "./App";
import { EngineContext } from "./engine/context";
import { Engine } from "./engine/engine";
import { results } from "./lazyResults";
import { followAddress } from "./store/address";
import { followSystemTheme } from "./store/page";
import "./styles/tokens.css";
import "./styles/base.css";

const engine = new Engine((listener) => new EngineClient(createEngineWorker, listener));

followSystemTheme();
// No await at the top level: the reader of changed links is a file that imports this one's.
void followAddress().finally(show);
void results.then(({ listenToKeys, listenToPaste }) => {
  listenToKeys(engine);
  listenToPaste();
});

function show(): void {
  engine.follow();
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no #root.");
  createRoot(root).render(
    <StrictMode>
      <EngineContext value={engine}>
        <App />
      </EngineContext>
    </StrictMode>,
  );
}
