// Remembers a preference where the browser allows it; private windows and embedded pages may refuse.

const prefix = "regularization-playground.";

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Without storage the preference lasts as long as the page.
  }
}

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}
