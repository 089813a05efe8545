import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../../common/benchError.ts';
import {
  probeResultSchema,
  type ProbeRequest,
  type ProbeResult,
} from '../../runner/probeMessages.ts';

/** Longer than the probe's own deadlines together, also of one that detects. */
const timeoutMs = 45_000;

/**
 * Asks an endpoint in a process of its own, so that neither sockets nor their libraries live in
 * the extension host. The key travels over the process channel only.
 * @throws BenchError `cancelled`, or `probe_failed` where the process itself failed.
 */
export function runProbe(request: ProbeRequest, signal?: AbortSignal): Promise<ProbeResult> {
  if (signal?.aborted === true) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const child = fork(programPath(), [], {
      execPath: process.execPath,
      // Not the extension host's own, such as those of a debugger.
      execArgv: [],
      // In VS Code's extension host `execPath` is Electron, which this makes behave as Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
      child.kill();
    };
    const fail = (message: string): void => {
      end(() => {
        reject(new BenchError('probe_failed', message));
      });
    };
    const abort = (): void => {
      end(() => {
        reject(cancelled());
      });
    };
    const timer = setTimeout(() => {
      fail(`The endpoint could not be tested within ${timeoutMs / 1000} s.`);
    }, timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    child.once('error', (error) => {
      fail(`The process that tests endpoints could not be started: ${error.message}`);
    });
    child.once('exit', (code, killed) => {
      fail(`The process that tests endpoints ended early (${killed ?? `code ${code ?? '?'}`}).`);
    });
    child.once('message', (message) => {
      const result = probeResultSchema.safeParse(message);
      if (!result.success) {
        fail('The process that tests endpoints gave no usable answer.');
        return;
      }
      end(() => {
        resolve(result.data);
      });
    });
    child.send(request);
  });
}

function cancelled(): BenchError {
  return new BenchError('cancelled', 'The test was cancelled.');
}

/** The bundle beside this one, or the source when running from source. */
function programPath(): string {
  const ownDir = path.dirname(fileURLToPath(import.meta.url));
  const bundle = path.join(ownDir, 'probe.js');
  return existsSync(bundle) ? bundle : path.join(ownDir, '../../runner/probe.ts');
}
