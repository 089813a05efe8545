import * as vscode from 'vscode';
import { transcriptText, type TranscriptState } from './transcriptText.ts';

const scheme = 'rtbench-transcript';
/** Every change replaces the document's text. */
const refreshMs = 100;

interface Shown {
  state: TranscriptState;
  /** The run file, once it is there. */
  runFile: string | null;
  stop: () => void;
}

/** Read-only editors that show a transcription as it grows. */
export class TranscriptDocuments
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #shown = new Map<string, Shown>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  #count = 0;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#closed(uri);
      }),
    );
  }

  /** Opens an editor. `stop` is called when the user does not want to see more. */
  async open(state: TranscriptState, stop: () => void): Promise<vscode.Uri> {
    this.#count += 1;
    // The last segment is the tab's label.
    const label = `${state.audioName} → ${state.endpointName}`.replaceAll(/[\\/]/g, '-');
    const path = `/${this.#count}/${label}`;
    const uri = vscode.Uri.from({ scheme, path });
    this.#shown.set(uri.toString(), { state, runFile: null, stop });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
    return uri;
  }

  /** Shows another state, soon. */
  update(uri: vscode.Uri, change: Partial<TranscriptState>, runFile: string | null = null): void {
    const key = uri.toString();
    const shown = this.#shown.get(key);
    if (!shown) return;
    shown.state = { ...shown.state, ...change };
    shown.runFile ??= runFile;
    if (this.#waiting.has(key)) return;
    const show = (): void => {
      this.#waiting.delete(key);
      this.#changed.fire(uri);
      if (shown.state.outcome) this.#lensesChanged.fire();
    };
    this.#waiting.set(key, setTimeout(show, refreshMs));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const shown = this.#shown.get(uri.toString());
    return shown ? transcriptText(shown.state) : 'This transcription is over. Start it again.\n';
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const shown = this.#shown.get(uri.toString());
    if (!shown) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    return commandsOf(shown).map((command) => new vscode.CodeLens(top, command));
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
    this.#changed.dispose();
    this.#lensesChanged.dispose();
  }

  #closed(uri: vscode.Uri): void {
    const key = uri.toString();
    this.#shown.get(key)?.stop();
    this.#shown.delete(key);
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
  }
}

function commandsOf({ state, runFile }: Shown): vscode.Command[] {
  const timeline = '$(graph-line) Timeline';
  if (state.outcome === null) {
    return [
      { title: '$(debug-stop) Stop', command: 'rtbench.cancelBenchmark' },
      { title: timeline, command: 'rtbench.watchBenchmark' },
    ];
  }
  if (runFile === null) return [];
  const run = [vscode.Uri.file(runFile)];
  return [
    { title: timeline, command: 'rtbench.openTimeline', arguments: run },
    { title: '$(watch) Timings', command: 'rtbench.openTranscript', arguments: run },
    { title: '$(preview) Open Run', command: 'rtbench.openRun', arguments: run },
  ];
}
