import path from 'node:path';
import * as vscode from 'vscode';
import { CompareDocument } from './compareDocument.ts';
import { ComparedTexts } from './comparedTexts.ts';
import { ComparePanel, type CompareServices } from './comparePanel.ts';
import { CompareReaderThread } from './compareReaderThread.ts';
import { comparedRuns } from './comparedRuns.ts';
import { noiseSetting, noiseSettingName } from './noiseSetting.ts';

/** A tab that is moved is closed and opened anew: its comparison is kept meanwhile. */
const keptMs = 5000;

/** The editor of comparisons. The page draws; everything is calculated on a thread. */
export class CompareEditorProvider
  implements vscode.CustomReadonlyEditorProvider<CompareDocument>, vscode.Disposable
{
  readonly #services: CompareServices;
  readonly #texts = new ComparedTexts();
  readonly #documents = new Map<string, CompareDocument>();
  /** Closed ones, by their address. */
  readonly #closing = new Map<string, NodeJS.Timeout>();
  readonly #panels: ComparePanel[] = [];
  readonly #subscriptions: vscode.Disposable;

  constructor(services: CompareServices) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      this.#texts,
      services.baselines.onDidChange(() => {
        for (const document of this.#documents.values()) void document.showStars();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration(noiseSettingName)) return;
        for (const document of this.#documents.values()) document.refresh();
      }),
    );
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument & CompareDocument {
    const key = uri.toString();
    clearTimeout(this.#closing.get(key));
    this.#closing.delete(key);
    const document = this.#documents.get(key) ?? this.#newDocument(uri);
    this.#documents.set(key, document);
    return document;
  }

  resolveCustomEditor(document: CompareDocument, view: vscode.WebviewPanel): void {
    const panel = new ComparePanel(this.#services, view, { document, texts: this.#texts });
    this.#panels.push(panel);
    view.onDidDispose(() => {
      this.#panels.splice(this.#panels.indexOf(panel), 1);
    });
  }

  /** Has the page in front do what a key of it does. */
  perform(action: string): void {
    this.#panels.find(({ view }) => view.active)?.post({ type: 'action', action });
  }

  dispose(): void {
    for (const timer of this.#closing.values()) clearTimeout(timer);
    for (const document of this.#documents.values()) document.end();
    this.#documents.clear();
    this.#subscriptions.dispose();
  }

  #newDocument(uri: vscode.Uri): CompareDocument {
    const { context, baselines } = this.#services;
    const program = path.join(context.extensionPath, 'dist', 'compareReader.js');
    return new CompareDocument(uri, comparedRuns(uri), {
      thread: new CompareReaderThread(program),
      noise: noiseSetting,
      isStarred: (run) => baselines.isBaseline(vscode.Uri.parse(run)),
      onClose: () => {
        this.#closeSoon(uri);
      },
    });
  }

  #closeSoon(uri: vscode.Uri): void {
    const key = uri.toString();
    const end = (): void => {
      this.#documents.get(key)?.end();
      this.#documents.delete(key);
      this.#closing.delete(key);
    };
    this.#closing.set(key, setTimeout(end, keptMs));
  }
}
