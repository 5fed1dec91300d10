// A server between a browser and the page that gives the page a first script: for drivers that have no way to do so.
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What the page sends what nothing caught to. */
const reports = "/problems-of-the-page";

export class Hook {
  readonly problems: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    private readonly script: string,
  ) {}

  /** @param target where the page is served @param storage what localStorage holds before the page's first script */
  static async start(target: string, storage: Readonly<Record<string, string>>): Promise<Hook> {
    const server = createServer({ keepAliveTimeout: 120_000 });
    const hook = new Hook(
      server,
      new URL(target),
      `(${first})(${JSON.stringify([reports, storage])})`,
    );
    server.on("request", (asked, answer) => void hook.answer(asked, answer));
    await new Promise<void>((done) => server.listen(0, "localhost", done));
    return hook;
  }

  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}${this.target.pathname}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (asked.url === reports) {
      this.problems.push(await text(asked));
      answer.end();
      return;
    }
    const { "accept-encoding": _, ...headers } = asked.headers;
    const passed = request(
      new URL(asked.url as string, this.target),
      // A connection of its own: one that is kept may be closed by the other side just as it is used again.
      { method: asked.method, headers: { ...headers, host: this.target.host }, agent: false },
      (got) => void this.pass(got, answer),
    );
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  }

  private async pass(got: IncomingMessage, answer: ServerResponse): Promise<void> {
    const page = got.headers["content-type"]?.startsWith("text/html");
    const { "content-length": length, ...headers } = got.headers;
    answer.writeHead(
      got.statusCode as number,
      page || length === undefined ? headers : got.headers,
    );
    if (!page) got.pipe(answer);
    else
      answer.end(
        (await text(got)).replace("<head>", (head) => `${head}<script>${this.script}</script>`),
      );
  }
}

/** Runs in the page before anything else. */
function first([reports, storage]: [string, Record<string, string>]): void {
  for (const [key, value] of Object.entries(storage))
    if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
  const words = (value: unknown) => (value instanceof Error ? value.message : String(value));
  const send = (value: string) =>
    void fetch(reports, { method: "POST", body: value, keepalive: true });
  addEventListener("error", ({ error, message }) => send(error ? words(error) : message));
  addEventListener("unhandledrejection", ({ reason }) => send(words(reason)));
  const { error } = console;
  console.error = (...values: unknown[]) => {
    send(values.map(words).join(" "));
    error(...values);
  };
}
