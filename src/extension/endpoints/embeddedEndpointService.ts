import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { EmbeddedEndpoint } from '../../endpoint/startEmbeddedEndpoint.ts';
import type { RuntimeChoice } from '../../endpoint/recogniser/inferenceRuntime.ts';
import type { RunningEndpoint } from '../../runner/openEndpoints.ts';
import type { EmbeddedLoan, EmbeddedService } from '../services.ts';
import { setContext } from '../setContext.ts';
import type { EmbeddedState } from './endpointState.ts';
import { tell } from '../tell.ts';

const runtimes: readonly string[] = ['auto', 'wasm', 'native'] satisfies RuntimeChoice[];

/** Starts and stops the recogniser that comes with RTBench, a process of its own. */
export class EmbeddedEndpointService implements EmbeddedService, vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #state: EmbeddedState = { kind: 'stopped' };
  #endpoint: EmbeddedEndpoint | null = null;
  /** Somebody wants it to go on running. */
  #isKept = false;
  #loans = 0;
  #starting: { promise: Promise<RunningEndpoint>; abort: AbortController } | null = null;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  state(): EmbeddedState {
    return this.#state;
  }

  running(): RunningEndpoint | null {
    if (this.#endpoint === null) return null;
    const { url, model, metadata } = this.#endpoint;
    return { url, model, metadata };
  }

  start(): Promise<RunningEndpoint> {
    this.#isKept = true;
    return this.#up();
  }

  lend(): EmbeddedLoan {
    this.#loans += 1;
    let isLent = true;
    const giveBack = async (): Promise<void> => {
      if (!isLent) return;
      isLent = false;
      this.#loans -= 1;
      if (this.#loans === 0 && !this.#isKept) await this.stop();
    };
    return { endpoint: this.#up(), giveBack };
  }

  async #up(): Promise<RunningEndpoint> {
    const running = this.running();
    if (running !== null) return running;
    if (this.#starting === null) {
      const abort = new AbortController();
      this.#starting = { promise: this.#launch(abort.signal), abort };
    }
    return this.#starting.promise;
  }

  async stop(): Promise<void> {
    this.#isKept = false;
    if (this.#starting !== null) {
      this.#starting.abort.abort();
      await this.#starting.promise.catch(() => {
        // Whoever started it hears of it.
      });
    }
    const endpoint = this.#endpoint;
    if (endpoint === null) return;
    // From here on its end is expected.
    this.#endpoint = null;
    await endpoint.stop();
    this.#log.info('The embedded endpoint was stopped.');
    this.#become({ kind: 'stopped' });
  }

  dispose(): void {
    void this.stop();
    setContext('rtbench.embeddedRunning', false);
    this.#changed.dispose();
  }

  async #launch(signal: AbortSignal): Promise<RunningEndpoint> {
    this.#become({ kind: 'starting' });
    this.#log.info('The embedded endpoint is starting.');
    try {
      // Loaded only now: it brings schemas that activation need not wait for.
      const { startEmbeddedEndpoint } = await import('../../endpoint/startEmbeddedEndpoint.ts');
      const endpoint = await startEmbeddedEndpoint({ runtime: configuredRuntime(), signal });
      this.#endpoint = endpoint;
      void endpoint.exited.then((how) => {
        this.#ended(endpoint, how);
      });
      const { url, model, metadata } = endpoint;
      const { runtime, threads, modelLoadMs } = metadata;
      const how = `${runtime}, ${threads} threads, model loaded in ${Math.round(modelLoadMs)} ms`;
      this.#log.info(`The embedded endpoint listens at ${url} (${model}, ${how}).`);
      this.#become({ kind: 'running', url, model });
      return { url, model, metadata };
    } catch (error) {
      const message = errorText(error);
      this.#become(signal.aborted ? { kind: 'stopped' } : { kind: 'failed', message });
      throw error;
    } finally {
      this.#starting = null;
    }
  }

  #ended(endpoint: EmbeddedEndpoint, how: string): void {
    if (this.#endpoint !== endpoint) return;
    this.#endpoint = null;
    this.#isKept = false;
    const message = `The embedded endpoint ended unexpectedly (${how}).`;
    this.#log.error(message);
    this.#become({ kind: 'failed', message });
    const startAgain = 'Start Again';
    void tell.error(message, startAgain, 'Show Log').then((choice) => {
      if (choice === startAgain) void vscode.commands.executeCommand('rtbench.startEmbedded');
      else if (choice !== undefined) this.#log.show();
    });
  }

  #become(state: EmbeddedState): void {
    this.#state = state;
    setContext('rtbench.embeddedRunning', state.kind === 'running' || state.kind === 'starting');
    this.#changed.fire();
  }
}

function configuredRuntime(): RuntimeChoice {
  const value = vscode.workspace.getConfiguration('rtbench').get<unknown>('embedded.runtime');
  return isRuntime(value) ? value : 'auto';
}

function isRuntime(value: unknown): value is RuntimeChoice {
  return typeof value === 'string' && runtimes.includes(value);
}
