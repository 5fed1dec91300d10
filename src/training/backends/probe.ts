// Looks at a graphics backend before its code is loaded: most machines of a school have none, and shall not wait for it.
import { type BackendName, looksLikeSoftware } from "./backend";

/** What a glance tells. */
export interface Glance {
  readonly device: string | null;
  /** Played by the processor. */
  readonly software: boolean;
  /** Why it cannot be used, in words for the page; null where nothing is known against it. */
  readonly reason: string | null;
}

const unknown: Glance = { device: null, software: false, reason: null };
const missing = (reason: string): Glance => ({ ...unknown, reason });

export const noWebgpu = "This browser offers no WebGPU (it needs https or localhost).";
export const noAdapter = "WebGPU found no graphics card.";
export const noWebAssembly =
  "This browser offers no WebAssembly (lockdown modes and some privacy settings take it away).";
export const noWebgl = "This browser offers no WebGL 2.";

/** Names of an adapter, as far as the browser tells them. */
export function adapterName({ info }: GPUAdapter): string {
  return [info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(" ");
}

export function isSoftwareAdapter(adapter: GPUAdapter): boolean {
  return adapter.info.isFallbackAdapter === true || looksLikeSoftware(adapterName(adapter));
}

async function glanceAtWebgpu(): Promise<Glance> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu) return missing(noWebgpu);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return missing(noAdapter);
  const device = adapterName(adapter) || null;
  return { device, software: isSoftwareAdapter(adapter), reason: null };
}

/** Name of the card behind a WebGL context. */
export function rendererName(gl: WebGLRenderingContext | WebGL2RenderingContext): string | null {
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  return extension ? String(gl.getParameter(extension.UNMASKED_RENDERER_WEBGL)) : null;
}

function glanceAtWebgl(): Glance {
  if (typeof OffscreenCanvas === "undefined") return unknown;
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl) return missing(noWebgl);
  const device = rendererName(gl);
  // Browsers allow only a few contexts at a time.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return { device, software: looksLikeSoftware(device ?? ""), reason: null };
}

/** A glance at a backend; nothing is loaded, nothing compiled. A glance that fails tells nothing. */
export async function glanceAt(name: BackendName): Promise<Glance> {
  try {
    if (name === "webgpu") return await glanceAtWebgpu();
    if (name === "webgl") return glanceAtWebgl();
    const isMissing = name === "wasm" && typeof WebAssembly === "undefined";
    return isMissing ? missing(noWebAssembly) : unknown;
  } catch {
    return unknown;
  }
}
