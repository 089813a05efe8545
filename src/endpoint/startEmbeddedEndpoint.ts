import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { EndpointError, endpointErrorReasons } from './endpointError.ts';
import { endpointMetadataSchema, listeningLineSchema } from './endpointMetadata.ts';
import type { EndpointMetadata, ListeningLine } from './endpointMetadata.ts';
import type { RuntimeChoice } from './recogniser/inferenceRuntime.ts';

export interface StartEndpointOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  runtime?: RuntimeChoice;
  /** Connections accepted at once; default 3 (wasm) or 8 (native). */
  maxSessions?: number;
  /** Default: RTBENCH_MODEL_DIR, else the model that came with the program. */
  modelDir?: string;
  /** Time to load the model and listen; default one minute. */
  startTimeoutMs?: number;
  /** Gives up starting. Has no effect afterwards: use `stop`. */
  signal?: AbortSignal;
}

export interface EmbeddedEndpoint {
  /** WebSocket URL of its `/v1/realtime`. */
  url: string;
  model: string;
  metadata: EndpointMetadata;
  /** Resolves when the process has ended, whether stopped or not, with how, for people. */
  exited: Promise<string>;
  /** Ends the process; resolves when it has ended. May be called again. */
  stop(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const defaultStartTimeoutMs = 60_000;
const stopTimeoutMs = 3000;
const stderrTailCharacters = 4000;

/**
 * Starts the embedded endpoint in a process of its own, which ends with this one, and waits until
 * its model is loaded and it listens.
 *
 * @throws EndpointError saying why it did not start, with what it wrote to standard error.
 */
export async function startEmbeddedEndpoint(
  options: StartEndpointOptions = {},
): Promise<EmbeddedEndpoint> {
  if (options.signal?.aborted === true) throw cancelled();
  const child = spawnEndpoint(options);
  const exited = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(endedHow(code, signal));
    });
  });
  try {
    const line = await listening(child, options);
    const metadata = endpointMetadataSchema.parse(line);
    return {
      url: line.url,
      model: line.model,
      metadata,
      exited,
      stop: () => stop(child, exited),
    };
  } catch (error) {
    await stop(child, exited);
    throw error;
  }
}

function spawnEndpoint(options: StartEndpointOptions): Child {
  const args = ['--exit-with-parent'];
  if (options.port !== undefined) args.push('--port', String(options.port));
  if (options.runtime !== undefined) args.push('--runtime', options.runtime);
  if (options.maxSessions !== undefined) args.push('--max-sessions', String(options.maxSessions));
  if (options.modelDir !== undefined) args.push('--model-dir', options.modelDir);
  return spawn(process.execPath, [programPath(), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // In VS Code's extension host `execPath` is Electron, which this makes behave as Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

/** The bundle beside this one, or the source when running from source. */
function programPath(): string {
  const ownDir = path.dirname(fileURLToPath(import.meta.url));
  const bundle = path.join(ownDir, 'endpoint.js');
  return existsSync(bundle) ? bundle : path.join(ownDir, 'main.ts');
}

function listening(child: Child, options: StartEndpointOptions): Promise<ListeningLine> {
  const timeoutMs = options.startTimeoutMs ?? defaultStartTimeoutMs;
  return new Promise((resolve, reject) => {
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-stderrTailCharacters);
    });
    const refuse = (error: EndpointError): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      reject(error);
    };
    const abort = (): void => {
      refuse(cancelled());
    };
    const timer = setTimeout(() => {
      const message = `The embedded endpoint was not ready within ${timeoutMs / 1000} s.`;
      refuse(new EndpointError('start_timeout', message + tail(stderr)));
    }, timeoutMs);
    options.signal?.addEventListener('abort', abort, { once: true });
    child.once('error', (error) => {
      const message = `The embedded endpoint could not be started: ${error.message}`;
      refuse(new EndpointError('start_failed', message, { cause: error }));
    });
    child.once('close', (code, signal) => {
      refuse(whyExited(stderr, code, signal));
    });
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = readListeningLine(text);
      if (line === null) return;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      resolve(line);
    });
  });
}

const failedLineSchema = z.object({
  event: z.literal('failed'),
  reason: z.enum(endpointErrorReasons),
  message: z.string(),
});

function whyExited(
  stderr: string,
  code: number | null,
  signal: NodeJS.Signals | null,
): EndpointError {
  const failed = failedLineSchema.safeParse(parseJson(stderr.trim().split('\n').at(-1) ?? ''));
  if (failed.success) {
    const { reason, message } = failed.data;
    return new EndpointError(reason, `The embedded endpoint did not start: ${message}`);
  }
  const message = `The embedded endpoint ended ${endedHow(code, signal)} before it was ready.`;
  return new EndpointError('start_failed', message + tail(stderr));
}

function endedHow(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `with code ${code ?? 'unknown'}` : `by ${signal}`;
}

function cancelled(): EndpointError {
  return new EndpointError('cancelled', 'Starting the embedded endpoint was cancelled.');
}

function tail(stderr: string): string {
  const text = stderr.trim();
  return text === '' ? ' It wrote nothing to standard error.' : ` Its standard error:\n${text}`;
}

function readListeningLine(text: string): ListeningLine | null {
  const parsed = listeningLineSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function stop(child: Child, exited: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
}
