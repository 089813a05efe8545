// `node scripts/together.ts lint typecheck,build`: runs npm scripts at the same time, those that
// commas join one after the other. What each of them said is printed in one piece when it has ended.
import { spawn } from 'node:child_process';

interface Outcome {
  code: number;
  output: string;
}

/** Runs scripts one after the other, up to the first that fails. Returns whether all went well. */
async function runInTurn(scripts: readonly string[]): Promise<boolean> {
  for (const script of scripts) {
    const startMs = performance.now();
    const { code, output } = await runScript(script);
    const tookS = (performance.now() - startMs) / 1000;
    const ending = code === 0 ? '' : `, failed with code ${code}`;
    process.stdout.write(`${output}── ${script}: ${tookS.toFixed(0)} s${ending}\n`);
    if (code !== 0) return false;
  }
  return true;
}

function runScript(script: string): Promise<Outcome> {
  const child = spawn('npm', ['run', '--silent', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

const lanes = process.argv.slice(2).map((lane) => lane.split(','));
const outcomes = await Promise.all(lanes.map(runInTurn));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
