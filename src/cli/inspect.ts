// `npm run inspect`: prints what the page would understand of files and links, without a page.
import { exitCode, InputError, runCommand } from "./errors";
import { inspectArgument, type Printed } from "./inspect/dispatch";

const usage = `Usage: npm run --silent inspect -- FILE|LINK… [--json]

Prints what the page would understand of each argument: a table (CSV), pictures (files, a folder or
a zip), or a link (whole, or its part after #). An existing path is read by its content, everything
else as a link.
  --json   one JSON object per argument, one per line

Exit code: 0 everything was read, 2 something could not be read.`;

function readFlags(argv: readonly string[]): { json: boolean; given: string[] } {
  const end = argv.indexOf("--");
  const flags = end < 0 ? argv : argv.slice(0, end);
  const given = [
    ...flags.filter((argument) => !/^--[a-z]/.test(argument)),
    ...(end < 0 ? [] : argv.slice(end + 1)),
  ];
  const unknown = flags.find((argument) => /^--[a-z]/.test(argument) && argument !== "--json");
  if (unknown !== undefined) throw new InputError(`There is no option ${unknown}.\n\n${usage}`);
  if (given.length === 0) throw new InputError(`Nothing to inspect.\n\n${usage}`);
  return { json: flags.includes("--json"), given };
}

async function main(): Promise<number> {
  const argv = process.argv.slice(2);
  if (argv.includes("--help")) {
    console.log(usage);
    return exitCode.done;
  }
  const { json, given } = readFlags(argv);
  let worst: number = exitCode.done;
  let printed = 0;
  for (const argument of given) {
    let result: Printed;
    try {
      result = await inspectArgument(argument);
    } catch (error) {
      // What is wrong with one argument does not keep the others from being printed.
      console.error(error instanceof Error ? error.message : String(error));
      worst = exitCode.badInput;
      continue;
    }
    if (!json && printed > 0) console.log("");
    console.log(json ? JSON.stringify(result.found) : result.text);
    printed += 1;
    if (result.unreadable === null) continue;
    console.error(`${argument}: nothing can be read.\n${result.unreadable}`);
    worst = exitCode.badInput;
  }
  return worst;
}

await runCommand(main);
