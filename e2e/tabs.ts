// Tabs as a person has them: only the one in front is visible. Playwright's own pages believe to be in front for ever.
import type { Browser, CDPSession } from "@playwright/test";

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

export class Tabs {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  private constructor(private readonly session: CDPSession) {
    session.on("Target.receivedMessageFromTarget", ({ message }) => {
      const answer = JSON.parse(message) as Answer;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
  }

  static async of(browser: Browser): Promise<Tabs> {
    return new Tabs(await browser.newBrowserCDPSession());
  }

  /** Opens a tab, which is in front then. */
  async open(url: string): Promise<Tab> {
    const { targetId } = await this.session.send("Target.createTarget", { url });
    const { sessionId } = await this.session.send("Target.attachToTarget", {
      targetId,
      flatten: false,
    });
    const tab = new Tab((method, parameters) => this.send(sessionId, method, parameters));
    await tab.resize(1440, 900);
    return tab;
  }

  private async send(sessionId: string, method: string, params: object): Promise<unknown> {
    const id = ++this.last;
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.session.send("Target.sendMessageToTarget", { sessionId, message });
    const { result, error } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }
}

export class Tab {
  constructor(private readonly send: (method: string, parameters: object) => Promise<unknown>) {}

  /** Runs a function in the tab; it must not refer to anything around it. */
  async evaluate<Value>(body: () => Value): Promise<Awaited<Value>> {
    const expression = `(${body.toString()})()`;
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = (await this.send("Runtime.evaluate", asked)) as Evaluated;
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value as Awaited<Value>;
  }

  async resize(width: number, height: number): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.send("Emulation.setDeviceMetricsOverride", metrics);
  }

  async bringToFront(): Promise<void> {
    await this.send("Page.bringToFront", {});
  }
}
