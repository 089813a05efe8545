import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection, InitializeParams } from 'vscode-languageserver';
import { nearestSettingsFolder } from '../planfile/folderSettingsFile.ts';
import {
  endpointsSetting,
  parseKnownEndpoints,
  settingOfFolder,
  toldSetting,
} from './knownEndpoints.ts';
import type { KnownEndpoint } from './plan/planFacts.ts';

/** The endpoints that are configured: the client knows, or the settings around the plan. */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #asksClient: boolean;
  #told: unknown = null;
  readonly #known = new Map<string, Promise<KnownEndpoint[]>>();

  constructor(connection: Connection, { capabilities }: InitializeParams) {
    this.#connection = connection;
    this.#asksClient = capabilities.workspace?.configuration === true;
  }

  /** @param uri address of the document that they are asked for */
  endpointsFor(uri: string): Promise<KnownEndpoint[]> {
    const known = this.#known.get(uri);
    if (known) return known;
    const asked = this.#ask(uri).then(parseKnownEndpoints);
    this.#known.set(uri, asked);
    return asked;
  }

  /** Keeps what a client that cannot be asked says of its settings. */
  tell(settings: unknown): void {
    this.#told = toldSetting(settings);
  }

  /** The settings have changed. */
  forget(): void {
    this.#known.clear();
  }

  async #ask(uri: string): Promise<unknown> {
    const setting: unknown = this.#asksClient
      ? await this.#connection.workspace
          .getConfiguration({ scopeUri: uri, section: endpointsSetting })
          .catch(() => null)
      : this.#told;
    if (setting !== null && setting !== undefined) return setting;
    const file = localPath(uri);
    // As `rtbench run` finds them.
    return file === null ? undefined : settingOfFolder(nearestSettingsFolder(path.dirname(file)));
  }
}

/** The path of a file's address; null for what is not on disk. */
export function localPath(uri: string): string | null {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}
