import * as vscode from 'vscode';
import type { ConfiguredEndpoint, EndpointService } from '../services.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import type { EndpointProblem, EndpointSettings } from '../../settings/endpointSettings.ts';
import { openEndpointSettings } from './openEndpointSettings.ts';
import { tell } from '../tell.ts';

const section = 'rtbench';
const key = 'endpoints';

/** Loaded only when needed: it brings schemas that activation need not wait for. */
const endpointSettings = () => import('../../settings/endpointSettings.ts');

/** The setting `rtbench.endpoints`, and the API keys that go with it. */
export class ConfiguredEndpoints implements EndpointService, vscode.Disposable {
  readonly #keys: ApiKeyStore;
  readonly #log: vscode.LogOutputChannel;
  readonly #reported = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, keys: ApiKeyStore, log: vscode.LogOutputChannel) {
    this.#keys = keys;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((change) => {
        // By another proxy an endpoint may be reachable or not: what was known of it is void.
        const changed = [key, 'proxy'].some((name) =>
          change.affectsConfiguration(`${section}.${name}`),
        );
        if (changed) this.#changed.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#changed.fire();
      }),
      context.secrets.onDidChange(() => {
        this.#changed.fire();
      }),
    );
  }

  async list(): Promise<ConfiguredEndpoint[]> {
    return (await this.read()).endpoints;
  }

  /** Also the entries that cannot be used. */
  async read(): Promise<EndpointSettings> {
    const { parseEndpointSettings } = await endpointSettings();
    const settings = parseEndpointSettings(vscode.workspace.getConfiguration(section).get(key));
    this.#report(settings.problems);
    return settings;
  }

  async apiKey(endpoint: ConfiguredEndpoint): Promise<string | undefined> {
    return this.#keys.get(endpoint);
  }

  /** Adds an endpoint, or puts it in the place of the one named `replacedName`. */
  async save(endpoint: ConfiguredEndpoint, replacedName: string | null): Promise<void> {
    const { withEndpoint } = await endpointSettings();
    await this.#update((raw) => withEndpoint(raw, endpoint, replacedName));
  }

  async remove(name: string): Promise<void> {
    const { withoutEndpoint } = await endpointSettings();
    await this.#update((raw) => withoutEndpoint(raw, name));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Lists do not merge over scopes: only the innermost one that has the setting counts. */
  async #update(change: (raw: unknown) => unknown[]): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(section);
    const inWorkspace =
      vscode.workspace.isTrusted && configuration.inspect(key)?.workspaceValue !== undefined;
    const target = inWorkspace
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    await configuration.update(key, change(configuration.get(key)), target);
  }

  #report(problems: readonly EndpointProblem[]): void {
    const fresh = problems.filter(({ message }) => !this.#reported.has(message));
    if (fresh.length === 0) return;
    for (const { message } of fresh) {
      this.#reported.add(message);
      this.#log.warn(message);
    }
    const more = fresh.length > 1 ? ` (and ${fresh.length - 1} more)` : '';
    const openSettings = 'Open Settings';
    void tell.warning(`${fresh[0]!.message}${more}`, openSettings).then((choice) => {
      if (choice === openSettings) void openEndpointSettings();
    });
  }
}
