import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { BenchError } from '../src/common/benchError.ts';
import type { CodeServer } from './installCodeServer.ts';

export interface CodeServerOptions {
  /** Holds settings, logs and, unless `extensionsDir` is given, extensions. */
  dataDir: string;
  extensionsDir?: string;
  /** 0 takes a free one. */
  port?: number;
  /** Further flags of the server. */
  flags?: string[];
  env?: NodeJS.ProcessEnv;
}

export interface RunningCodeServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** All that it has printed. */
  output(): string;
  /** Resolves when the server has ended, by itself or by {@link stop}. */
  ended: Promise<void>;
  /** Ends the server and, with it, its extension hosts. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 5000;
const readyLine = /Extension host agent listening on (\d+)/;

/** Starts VS Code's server on this computer only and resolves when it takes connections. */
export async function startCodeServer(
  server: CodeServer,
  options: CodeServerOptions,
): Promise<RunningCodeServer> {
  const extensionsDir = options.extensionsDir ?? path.join(options.dataDir, 'extensions');
  await mkdir(extensionsDir, { recursive: true });
  const child = spawn(
    server.node,
    [
      server.main,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--without-connection-token', '--accept-server-license-terms'],
      ...['--server-data-dir', options.dataDir, '--extensions-dir', extensionsDir],
      ...['--telemetry-level', 'off'],
      ...(options.flags ?? []),
    ],
    { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'close').then(() => undefined);
  const stop = (): Promise<void> => end(child, ended);
  try {
    const port = await ready(child, () => output);
    return { url: `http://127.0.0.1:${port}`, output: () => output, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ready(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(
        new BenchError('code_server_not_started', `VS Code’s server ${why}:\n${output().trim()}`),
      );
    };
    const timer = setTimeout(fail, startTimeoutMs, 'did not start in a minute');
    child.stdout?.on('data', () => {
      const port = readyLine.exec(output())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    });
    child.once('error', (error) => {
      fail(`could not be started (${error.message})`);
    });
    child.once('close', (code) => {
      fail(`ended with code ${String(code)}`);
    });
  });
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}
