import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { errorText } from '../common/benchError.ts';
import type { DocumentFeatures } from './documentFeatures.ts';

/** Somebody who types is not told of every letter. */
const settleMs = 200;

/** Tells the client what is wrong with documents, a moment after they have changed. */
export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #current: (uri: string) => TextDocument | undefined;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  /** @param current gives an open document by its address */
  constructor(connection: Connection, current: (uri: string) => TextDocument | undefined) {
    this.#connection = connection;
    this.#current = current;
  }

  schedule(uri: string, features: DocumentFeatures): void {
    clearTimeout(this.#waiting.get(uri));
    const timer = setTimeout(() => {
      this.#waiting.delete(uri);
      this.#publish(uri, features).catch((error: unknown) => {
        this.#connection.console.error(errorText(error));
      });
    }, settleMs);
    this.#waiting.set(uri, timer);
  }

  async clear(uri: string): Promise<void> {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    await this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  stop(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  async #publish(uri: string, features: DocumentFeatures): Promise<void> {
    const document = this.#current(uri);
    if (!document) return;
    const { version } = document;
    const diagnostics = await features.diagnostics(document);
    // Changed meanwhile: it comes again.
    if (this.#current(uri)?.version !== version) return;
    await this.#connection.sendDiagnostics({ uri, version, diagnostics });
  }
}
