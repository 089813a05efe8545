import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { watchRuns } from '../compareEditor/watchRuns.ts';
import type { LaneRef } from '../timeline/laneRef.ts';
import type { TranscriptFile } from './transcriptFiles.ts';
import type { TranscriptReader } from './transcriptReader.ts';
import { transcriptScheme } from './transcriptScheme.ts';
import { sessionOfUri } from './transcriptUri.ts';

/** VS Code asks for files that it then does not open, such as those of a list of recent ones. */
const mostUnopened = 20;
/** Until the thread of documents that were closed ends. */
const restMs = 30_000;

/** What a document shows: a transcript, or why there is none. */
export interface ShownTranscript extends TranscriptFile {
  session: LaneRef | null;
  transcript: Transcript | null;
}

interface Entry {
  uri: vscode.Uri;
  shown: Promise<ShownTranscript>;
  watcher: vscode.Disposable;
}

/** The transcripts that documents show. Follows the run files. */
export class OpenTranscripts implements vscode.Disposable {
  readonly #reader: TranscriptReader;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #closing: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  #resting: NodeJS.Timeout | undefined;
  #lastMtime = 0;

  constructor(reader: TranscriptReader) {
    this.#reader = reader;
    this.#closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.#forget(uri.toString());
    });
  }

  /** Does not reject: what is wrong is the document's text. */
  get(uri: vscode.Uri): Promise<ShownTranscript> {
    const key = uri.toString();
    const known = this.#entries.get(key);
    if (known) return known.shown;
    clearTimeout(this.#resting);
    this.#dropUnopened();
    const session = sessionOfUri(uri);
    const runs = session ? [vscode.Uri.parse(session.run, true)] : [];
    const entry = {
      uri,
      shown: this.#read(session),
      watcher: watchRuns(runs, () => {
        if (session) this.#refresh(session.run);
      }),
    };
    this.#entries.set(key, entry);
    return entry.shown;
  }

  /** The transcript of a document; null where it is not one, or shows another state of it. */
  async of(document: vscode.TextDocument): Promise<{
    session: LaneRef;
    transcript: Transcript;
  } | null> {
    if (document.uri.scheme !== transcriptScheme) return null;
    const { session, transcript } = await this.get(document.uri);
    if (!session || !transcript) return null;
    if (document.lineCount !== Math.max(1, transcript.lines.length)) return null;
    return { session, transcript };
  }

  dispose(): void {
    clearTimeout(this.#resting);
    this.#closing.dispose();
    for (const { watcher } of this.#entries.values()) watcher.dispose();
    this.#entries.clear();
    this.#changed.dispose();
    this.#reader.rest();
  }

  async #read(session: LaneRef | null): Promise<ShownTranscript> {
    // Later than any before, so that VS Code sees that the file is another.
    const mtime = Math.max(Date.now(), this.#lastMtime + 1);
    this.#lastMtime = mtime;
    const nothing = { session, transcript: null, mtime };
    if (!session) {
      return { ...nothing, text: 'This tab does not say which session to show. Open it anew.\n' };
    }
    try {
      const transcript = await this.#reader.transcript(session);
      const text = transcript.lines.map((line) => line.text).join('\n');
      return { session, transcript, text, mtime };
    } catch (error) {
      return { ...nothing, text: `${errorText(error)}\n` };
    }
  }

  #refresh(run: string): void {
    this.#reader.forget(run);
    for (const entry of this.#entries.values()) {
      const session = sessionOfUri(entry.uri);
      if (session?.run !== run) continue;
      entry.shown = this.#read(session);
      void entry.shown.then(() => {
        this.#changed.fire(entry.uri);
      });
    }
  }

  #forget(key: string): void {
    this.#entries.get(key)?.watcher.dispose();
    if (!this.#entries.delete(key) || this.#entries.size > 0) return;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#reader.rest();
    }, restMs);
  }

  #dropUnopened(): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    const unopened = [...this.#entries.keys()].filter((key) => !open.has(key));
    for (const key of unopened.slice(0, -mostUnopened)) this.#forget(key);
  }
}
