import * as vscode from 'vscode';
import { redactUrl } from '../../common/redactUrl.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import { proxySetting } from '../proxySetting.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import type { EmbeddedEndpointService } from './embeddedEndpointService.ts';
import type { EndpointState } from './endpointState.ts';
import { testConnection, type ConnectionTest } from './testConnection.ts';

const unknown: EndpointState = { kind: 'unknown' };

/** Tests endpoints and remembers what came of it, as long as the window is open. */
export class EndpointTester implements vscode.Disposable {
  readonly #keys: ApiKeyStore;
  readonly #embedded: EmbeddedEndpointService;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** By all that was configured when it was tested, the proxy too: what changed is a new one. */
  readonly #states = new Map<string, EndpointState>();

  constructor(keys: ApiKeyStore, embedded: EmbeddedEndpointService, log: vscode.LogOutputChannel) {
    this.#keys = keys;
    this.#embedded = embedded;
    this.#log = log;
  }

  async state(endpoint: ConfiguredEndpoint): Promise<EndpointState> {
    const state = this.#states.get(identity(endpoint)) ?? unknown;
    if (state.kind !== 'unknown' || !(await this.#keys.isKeyElsewhere(endpoint))) return state;
    const message = 'The API key was entered for another address and is not sent to this one.';
    return { kind: 'needsKey', message };
  }

  /** Keeps what another test of the same endpoint gave. */
  remember(endpoint: ConfiguredEndpoint, state: EndpointState): void {
    this.#states.set(identity(endpoint), state);
    this.#changed.fire();
  }

  /** A key came or went: what was known no longer holds. */
  forget(endpoint: ConfiguredEndpoint): void {
    this.#states.delete(identity(endpoint));
    this.#changed.fire();
  }

  async test(endpoint: ConfiguredEndpoint, signal: AbortSignal): Promise<ConnectionTest> {
    return endpoint.url === embeddedUrl
      ? this.#testEmbedded(endpoint, signal)
      : this.#testRemote(endpoint, signal);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #testRemote(endpoint: ConfiguredEndpoint, signal: AbortSignal): Promise<ConnectionTest> {
    const before = this.#states.get(identity(endpoint)) ?? unknown;
    this.remember(endpoint, { kind: 'testing' });
    try {
      const apiKey = (await this.#keys.get(endpoint)) ?? null;
      const result = await testConnection(endpoint, apiKey, signal);
      this.remember(endpoint, result.state);
      this.#logResult(endpoint, result);
      return result;
    } catch (error) {
      this.remember(endpoint, before);
      throw error;
    }
  }

  /** Starts it for the test where it does not run, and leaves it as it was found. */
  async #testEmbedded(endpoint: ConfiguredEndpoint, signal: AbortSignal): Promise<ConnectionTest> {
    const loan = this.#embedded.lend();
    try {
      const { url, model } = await loan.endpoint;
      const result = await testConnection({ ...endpoint, url, model }, null, signal);
      this.#logResult(endpoint, result);
      return result;
    } finally {
      await loan.giveBack();
    }
  }

  #logResult({ name, url }: ConfiguredEndpoint, { state, warning }: ConnectionTest): void {
    const tested = `Tested endpoint "${name}" (${redactUrl(url)}):`;
    if ('message' in state) this.#log.warn(`${tested} ${state.kind}: ${state.message}`);
    else this.#log.info(`${tested} ${state.kind}`);
    if (warning !== null) this.#log.warn(`Endpoint "${name}": ${warning}`);
  }
}

function identity({ name, url, dialect, model, language, options }: ConfiguredEndpoint): string {
  return JSON.stringify([name, url, dialect, model, language, options ?? {}, proxySetting()]);
}
