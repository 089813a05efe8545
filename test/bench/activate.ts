// `npm run bench:activate`: what activating the extension costs in real extension hosts, by VS
// Code's own clock (Developer: Startup Performance), and how big the bundles are.
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { buildProduct } from '../../scripts/buildProduct.ts';
import { codeServerPins, type CodeServerName } from '../../scripts/installCodeServer.ts';
import { median } from '../../src/metrics/statistics/percentile.ts';
import { eagerOutputs } from '../support/eagerOutputs.ts';
import { buildSuite } from '../vscode/buildSuite.ts';
import { runInHost, wantedVersions } from '../vscode/runInHost.ts';

const root = path.join(import.meta.dirname, '..', '..');
const extensionEntry = 'src/extension/extension.ts';
const hosts = 5;
const goalMs = 50;

interface Startup {
  loadMs: number;
  activateMs: number;
}

function parseStartup(report: string): Startup {
  const row = /^\| rtbench\.rtbench +\|(.+)$/m.exec(report)?.[1] ?? '';
  const [, loadMs, callMs, finishMs] = row.split('|').map((cell) => Number(cell.trim()));
  if (loadMs === undefined || callMs === undefined || finishMs === undefined) {
    throw new Error(`VS Code reported no activation:\n${report.slice(0, 500)}`);
  }
  return { loadMs, activateMs: callMs + finishMs };
}

async function measure(name: CodeServerName, suite: string, folder: string): Promise<Startup[]> {
  const startups: Startup[] = [];
  for (let index = 0; index < hosts; index += 1) {
    const file = path.join(folder, `${name}-${index}.md`);
    await runInHost(name, {
      extensionTestsPath: suite,
      workspace: folder,
      env: { RTBENCH_STARTUP_FILE: file },
    });
    startups.push(parseStartup(await readFile(file, 'utf8')));
  }
  return startups;
}

async function printBundles(metafiles: readonly Metafile[]): Promise<void> {
  const pieces = sizesOfPieces(metafiles);
  printSize(pieces.first, 'the extension, loaded when it is activated');
  printSize(pieces.later, 'the extension, loaded when it is needed');
  const dist = path.join(root, 'dist');
  const files = [
    ...(await readdir(dist)).filter((file) => file.endsWith('.js')),
    ...(await readdir(path.join(dist, 'webview'))).map((file) => path.join('webview', file)),
  ];
  for (const file of files.sort()) {
    const { size } = await stat(path.join(dist, file));
    printSize(size, file);
  }
}

function printSize(bytes: number, label: string): void {
  console.log(`${(bytes / 1024).toFixed(0).padStart(6)} KiB  ${label}`);
}

/** Bytes of the extension's pieces. */
function sizesOfPieces(metafiles: readonly Metafile[]): { first: number; later: number } {
  const metafile = metafiles.find(({ inputs }) => extensionEntry in inputs);
  if (!metafile) throw new Error(`No bundle was made of ${extensionEntry}.`);
  const first = new Set(eagerOutputs(metafile, extensionEntry));
  const sum = { first: 0, later: 0 };
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    if (file.endsWith('.cjs')) sum[first.has(file) ? 'first' : 'later'] += bytes;
  }
  return sum;
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'rtbench-startup-'));
try {
  const metafiles = await buildProduct({ production: true });
  const suite = await buildSuite(path.join(root, 'test', 'vscode', 'startup'));
  const lines: string[] = [];
  for (const name of wantedVersions()) {
    const startups = await measure(name, suite, folder);
    const totals = startups.map(({ loadMs, activateMs }) => loadMs + activateMs);
    const { vscodeVersion } = codeServerPins[name];
    lines.push(
      `VS Code ${vscodeVersion}, ${hosts} fresh hosts: median ${String(median(totals))} ms ` +
        `(goal ${goalMs} ms); load + activate: ` +
        startups.map(({ loadMs, activateMs }) => `${loadMs}+${activateMs}`).join(', '),
    );
  }
  console.log(`\n${lines.join('\n')}\n`);
  await printBundles(metafiles);
} finally {
  await rm(folder, { recursive: true, force: true });
}
