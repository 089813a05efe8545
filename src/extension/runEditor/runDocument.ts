import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { RunProblemKind, ToRunEditor } from '../../runview/runEditorMessages.ts';
import type { RunView, SessionDetail, SessionRow } from '../../runview/runView.ts';
import { isWritable } from './isWritable.ts';
import type { ReadResult, RunTextField } from './readerMessages.ts';
import { RunReaderThread } from './runReaderThread.ts';

/** VS Code never opens a custom editor beyond 50 MiB; below that, parsing takes many seconds. */
const mostCharacters = 45_000_000;

/** Typing in the text editor beside should not read the run at every key. */
const settleMs = 150;

/** A page that shows the document. */
export interface RunPanel {
  post(message: ToRunEditor): void;
  /** Number of the page's last edit that is in the document. */
  lastEdit: number;
}

/** An open run file and all pages that show it. */
export class RunDocument {
  readonly #document: vscode.TextDocument;
  readonly #reader: RunReaderThread;
  readonly #panels = new Set<RunPanel>();
  readonly #changes: vscode.Disposable;
  readonly #trust: vscode.Disposable;
  #editable = false;
  /** The last good view, kept while the text cannot be read. */
  #view: RunView | null = null;
  #problem: { kind: RunProblemKind; message: string } | null = null;
  /** Version of the text that `#view` and `#problem` are of. */
  #version = -1;
  #reading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #edits: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(document: vscode.TextDocument, readerProgram: string) {
    this.#document = document;
    this.#reader = new RunReaderThread(readerProgram);
    this.#changes = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || event.contentChanges.length === 0) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#read(), settleMs);
    });
    this.#trust = vscode.workspace.onDidGrantWorkspaceTrust(() => {
      for (const panel of this.#panels) this.show(panel);
    });
    void this.#start();
  }

  get hasPanels(): boolean {
    return this.#panels.size > 0;
  }

  add(panel: RunPanel): void {
    this.#panels.add(panel);
  }

  remove(panel: RunPanel): void {
    this.#panels.delete(panel);
  }

  /** Tells a page all there is to show. */
  show(panel: RunPanel): void {
    if (this.#view) {
      panel.post({
        type: 'run',
        view: this.#view,
        editable: this.#editable && !this.#problem,
        runnable: vscode.workspace.isTrusted && this.#document.uri.scheme === 'file',
        lastEdit: panel.lastEdit,
      });
    }
    if (this.#problem) panel.post({ type: 'problem', ...this.#problem });
    if (!this.#view && !this.#problem) panel.post({ type: 'loading' });
  }

  /** Null where the run shown has no such session. */
  async detail(sessionId: string): Promise<SessionDetail | null> {
    return this.#view && (await this.#reader.ask({ type: 'detail', sessionId }));
  }

  /** The session of this version that is the other version's; null where there is none. */
  sessionLike({ endpointId, utteranceId, repeat }: SessionRow): SessionRow | null {
    const like = this.#view?.sessions.find(
      (session) =>
        session.endpointId === endpointId &&
        session.utteranceId === utteranceId &&
        session.repeat === repeat,
    );
    return like ?? null;
  }

  /** Null where the run shown has no such session. */
  session(id: string | null): SessionRow | null {
    return this.#view?.sessions.find((session) => session.id === id) ?? null;
  }

  /** Changes a text of the run, as one step to undo. Edits are applied one after the other. */
  edit(panel: RunPanel, number: number, field: RunTextField, value: string): Promise<void> {
    const edited = this.#edits.then(async () => {
      if (this.#editable && !this.#problem) await this.#apply(field, value);
      panel.lastEdit = number;
      if (this.#version === this.#document.version) this.show(panel);
    });
    this.#edits = edited.catch(() => undefined);
    return edited;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#changes.dispose();
    this.#trust.dispose();
    this.#reader.dispose();
  }

  async #start(): Promise<void> {
    this.#editable = await isWritable(this.#document.uri);
    await this.#read();
  }

  /** Reads until the result is of the text as it is by then. */
  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    while (!this.#disposed && this.#version !== this.#document.version) {
      const { version } = this.#document;
      const result = await this.#readOnce();
      if (version !== this.#document.version) continue;
      this.#version = version;
      this.#view = result.view ?? this.#view;
      this.#problem = result.problem;
      for (const panel of this.#panels) this.show(panel);
    }
    this.#reading = false;
  }

  async #readOnce(): Promise<ReadResult> {
    const { uri } = this.#document;
    if (lengthOf(this.#document) > mostCharacters) {
      return problem('too_large', 'The file has more than 45 million characters.');
    }
    try {
      const text = this.#document.getText();
      return await this.#reader.ask({ type: 'read', text, file: uri.fsPath });
    } catch (error) {
      return problem('run_invalid', `The run could not be read: ${errorText(error)}`);
    }
  }

  async #apply(field: RunTextField, value: string): Promise<void> {
    // Another change may come between computing an edit and applying it.
    for (let attempt = 0; attempt < 3; attempt++) {
      const { version, uri } = this.#document;
      const text = this.#document.getText();
      const replaced = await this.#reader.ask({ type: 'edit', text, field, value });
      if (version !== this.#document.version) continue;
      const edit = new vscode.WorkspaceEdit();
      for (const { offset, length, content } of replaced) {
        const start = this.#document.positionAt(offset);
        const range = new vscode.Range(start, this.#document.positionAt(offset + length));
        if (this.#document.getText(range) !== content) edit.replace(uri, range, content);
      }
      if (edit.size === 0 || (await vscode.workspace.applyEdit(edit))) return;
    }
    throw new Error(
      'The run was not changed: it is read-only, or something else keeps changing it.',
    );
  }
}

function problem(kind: RunProblemKind, message: string): ReadResult {
  return { view: null, problem: { kind, message } };
}

/** Without putting the whole text together. */
function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
