// A real benchmark of the embedded endpoint on the bundled speech, for a first look.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const runFile = 'demo.rtbench.json';

function node(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

console.error('Building …');
node('scripts/build.ts');
console.error(
  'Sending 12 utterances (1:48 of speech) in real time, two at once, to the embedded recogniser …',
);
node(
  'dist/cli.js',
  'run',
  '--endpoint',
  'embedded',
  '--concurrency',
  '2',
  '--title',
  'demo',
  '--out',
  runFile,
);
console.log(`
What next
  node dist/cli.js show ${runFile} --json          every figure, for programs
  node dist/cli.js run ${runFile}                  the same again
  node dist/cli.js run --endpoint ws://HOST:8000   your own vLLM server
  node dist/cli.js run --data FOLDER               your own speech (docs/datasets.md)
  node dist/cli.js --help                          all commands`);
