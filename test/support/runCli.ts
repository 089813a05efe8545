import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
const program = path.join(root, 'dist', 'cli.js');

/** Speech of 4 s that comes with the product. */
export const shortSpeech = path.join(root, 'samples', 'speech', 'kitchen-lights.flac');

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCli {
  child: ChildProcess;
  ended: Promise<CliResult>;
}

/** Starts the built command line, as a user would. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCli {
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first.`);
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, ...output });
    });
  });
  return { child, ended };
}

/** Runs the built command line to its end. */
export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return startCli(args, env).ended;
}
