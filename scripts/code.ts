// `npm run code [-- FOLDER]`: VS Code in the browser with the packaged extension installed, on the
// folder or on a copy of the sample speech. `--port N` for another port.
import { cp, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BenchError, errorText } from '../src/common/benchError.ts';
import { installCodeServer } from './installCodeServer.ts';
import { installVsix } from './installVsix.ts';
import { packageExtension } from './package.ts';
import { startCodeServer } from './startCodeServer.ts';

const root = path.dirname(import.meta.dirname);
const home = path.join(root, '.vscode-test', 'code');
/** Always the same, because the browser keeps settings and keys by address. */
const usualPort = 8484;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { port: { type: 'string', default: String(usualPort) } },
    allowPositionals: true,
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new BenchError('port_invalid', `--port ${values.port} is not a port number.`);
  }
  const [asked] = positionals;
  const given = asked === undefined ? null : await existingFolder(asked);
  const codeServer = await installCodeServer('newest');
  console.error('Building the extension …');
  await packageExtension();
  const place = {
    dataDir: path.join(home, 'data'),
    extensionsDir: path.join(home, 'extensions'),
  };
  await installVsix(codeServer, place);
  const folder = given ?? (await sampleFolder());
  const server = await startCodeServer(codeServer, { ...place, port });
  const address = new URL(server.url);
  address.searchParams.set('folder', folder);
  console.log(
    `\nVS Code ${codeServer.vscodeVersion} with RTBench:\n  ${address.href}\nCtrl-C ends it.`,
  );
  const stop = (): void => {
    void server.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await server.ended;
}

/** VS Code itself would open an empty window. */
async function existingFolder(asked: string): Promise<string> {
  const folder = path.resolve(asked);
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() === true) return folder;
  throw new BenchError('no_folder', `${folder} is no folder. Name one, or none for the samples.`);
}

/** A copy, so that trying things out leaves the checkout as it is. */
async function sampleFolder(): Promise<string> {
  const folder = path.join(home, 'samples');
  await mkdir(folder, { recursive: true });
  await cp(path.join(root, 'samples'), folder, { recursive: true, force: false });
  return folder;
}

try {
  await main();
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
