import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';

const program = path.join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

export interface Edit {
  range: Range;
  newText: string;
}

export interface ShownDiagnostic {
  range: Range;
  code: string;
  message: string;
  severity: number;
}

interface Published {
  uri: string;
  version?: number;
  diagnostics: ShownDiagnostic[];
}

/** An editor that speaks to `rtbench lsp` over its standard streams, written for the tests alone. */
export class TestLanguageClient {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #published = new Map<string, Published>();
  #told: (() => void)[] = [];
  readonly texts = new Map<string, { text: string; version: number }>();
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;

  constructor() {
    this.#child = spawn(process.execPath, [program, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.ended = new Promise((resolve) => {
      this.#child.once('close', resolve);
    });
    this.#connection = createMessageConnection(
      new StreamMessageReader(this.#child.stdout!),
      new StreamMessageWriter(this.#child.stdin!),
    );
    this.#connection.onNotification('textDocument/publishDiagnostics', (message: Published) => {
      this.#published.set(message.uri, message);
      for (const tell of this.#told.splice(0)) tell();
    });
    this.#connection.listen();
  }

  async initialize(folder: string, initializationOptions?: object): Promise<unknown> {
    const uri = pathToFileURL(folder).href;
    const answer = await this.request('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'folder' }],
      capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
      ...(initializationOptions && { initializationOptions }),
    });
    await this.#connection.sendNotification('initialized', {});
    return answer;
  }

  request<Result>(method: string, params?: object): Promise<Result> {
    return this.#connection.sendRequest(method, params);
  }

  /** Asks about a place in an open document. */
  at<Result>(method: string, uri: string, position: Position, more: object = {}): Promise<Result> {
    return this.request(method, { textDocument: { uri }, position, ...more });
  }

  async open(uri: string, text: string, languageId = 'jsonc'): Promise<void> {
    this.texts.set(uri, { text, version: 1 });
    const textDocument = { uri, languageId, version: 1, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Changes a document as an editor does, by ranges. */
  async change(uri: string, edits: readonly Edit[]): Promise<string> {
    const text = applyEdits(this.texts.get(uri)!.text, edits);
    await this.tell(uri, edits, text);
    return text;
  }

  /**
   * Tells the server of a change.
   *
   * @param text after it; left out where nobody asks for it again: to edit megabytes here would
   * disturb what is measured there
   */
  async tell(uri: string, edits: readonly Edit[], text = ''): Promise<void> {
    const version = this.texts.get(uri)!.version + 1;
    this.texts.set(uri, { text, version });
    const last = [...edits].sort((one, other) => compare(other.range.start, one.range.start));
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: last.map(({ range, newText }) => ({ range, text: newText })),
    });
  }

  /** The diagnostics of a document's present text. */
  async diagnostics(uri: string): Promise<ShownDiagnostic[]> {
    for (;;) {
      const published = this.#published.get(uri);
      if (published?.version === this.texts.get(uri)?.version) return published?.diagnostics ?? [];
      await new Promise<void>((resolve) => {
        this.#told.push(resolve);
      });
    }
  }

  /** Ends the server as editors do. */
  async shutdown(): Promise<number | null> {
    await this.request('shutdown');
    await this.#connection.sendNotification('exit');
    return this.ended;
  }

  kill(): void {
    this.#connection.dispose();
    this.#child.kill();
  }
}

/** The place of a character in a text. */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

/** The text after edits, none of which overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const offsets = edits.map(({ range, newText }) => ({
    start: offsetAt(text, range.start),
    end: offsetAt(text, range.end),
    newText,
  }));
  offsets.sort((one, other) => other.start - one.start);
  return offsets.reduce(
    (changed, { start, end, newText }) => changed.slice(0, start) + newText + changed.slice(end),
    text,
  );
}

function offsetAt(text: string, { line, character }: Position): number {
  const lines = text.split('\n').slice(0, line);
  return lines.reduce((sum, each) => sum + each.length + 1, 0) + character;
}

function compare(one: Position, other: Position): number {
  return one.line - other.line || one.character - other.character;
}
