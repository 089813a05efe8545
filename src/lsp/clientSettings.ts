import { fileURLToPath } from 'node:url';
import type { Connection, InitializeParams } from 'vscode-languageserver';
import {
  endpointsSetting,
  parseKnownEndpoints,
  settingOfFolder,
  toldSetting,
} from './knownEndpoints.ts';
import type { KnownEndpoint } from './plan/planFacts.ts';

/** The endpoints that are configured: the client knows, or the folder's settings. */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #asksClient: boolean;
  readonly #folders: string[];
  #told: unknown = null;
  readonly #known = new Map<string, Promise<KnownEndpoint[]>>();

  constructor(connection: Connection, { capabilities, workspaceFolders }: InitializeParams) {
    this.#connection = connection;
    this.#asksClient = capabilities.workspace?.configuration === true;
    this.#folders = (workspaceFolders ?? []).flatMap(({ uri }) => localPath(uri) ?? []);
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
    const folder = this.#folders.find((each) => file?.startsWith(each) === true);
    return folder === undefined ? undefined : await settingOfFolder(folder);
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
