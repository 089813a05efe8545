import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import {
  fromRunEditorSchema,
  type FromRunEditor,
  type RunPlace,
} from '../../runview/runEditorMessages.ts';
import { openComparison } from '../compareEditor/openComparison.ts';
import type { Services } from '../services.ts';
import { RunDocument, type RunPanel } from './runDocument.ts';
import { openAsText } from './openRun.ts';
import { runEditorPage } from './runEditorPage.ts';
import { VersionPanes, type VersionPane } from './versionPanes.ts';
import { tell } from '../tell.ts';

/** A page and the document that it shows. */
interface RunPane extends VersionPane {
  uri: vscode.Uri;
  run: RunDocument;
  panel: RunPanel;
}

/** The editor of run files. The page draws; reading and editing happen here and in a thread. */
export class RunEditorProvider implements vscode.CustomTextEditorProvider {
  readonly #services: Services;
  readonly #documents = new Map<string, RunDocument>();
  readonly #panes = new VersionPanes<RunPane>();

  constructor(services: Services) {
    this.#services = services;
  }

  resolveCustomTextEditor(document: vscode.TextDocument, view: vscode.WebviewPanel): void {
    const run = this.#documentOf(document);
    const panel: RunPanel = {
      lastEdit: 0,
      post: (message) => void view.webview.postMessage(message),
    };
    run.add(panel);
    const pane: RunPane = { uri: document.uri, view, run, panel };
    this.#panes.add(pane);
    const moves = view.onDidChangeViewState(() => {
      this.#panes.refresh();
    });
    const messages = view.webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message, pane).catch((error: unknown) => {
        this.#services.log.error(`Run editor: ${errorText(error)}`);
        void tell.error(errorText(error));
      });
    });
    view.onDidDispose(() => {
      messages.dispose();
      moves.dispose();
      this.#panes.remove(pane);
      run.remove(panel);
      if (!run.hasPanels) this.#forget(document, run);
    });
    this.#fill(view.webview);
  }

  dispose(): void {
    for (const run of this.#documents.values()) run.dispose();
    this.#documents.clear();
  }

  #documentOf(document: vscode.TextDocument): RunDocument {
    const key = document.uri.toString();
    const known = this.#documents.get(key);
    if (known) return known;
    const reader = vscode.Uri.joinPath(this.#services.context.extensionUri, 'dist', 'runReader.js');
    const run = new RunDocument(document, reader.fsPath);
    this.#documents.set(key, run);
    return run;
  }

  #forget(document: vscode.TextDocument, run: RunDocument): void {
    run.dispose();
    const key = document.uri.toString();
    if (this.#documents.get(key) === run) this.#documents.delete(key);
  }

  #fill(webview: vscode.Webview): void {
    const folder = vscode.Uri.joinPath(this.#services.context.extensionUri, 'dist', 'webview');
    const uriOf = (file: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = runEditorPage({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: uriOf('runEditor.js'),
      styleUris: [uriOf('codicon.css'), uriOf('runEditor.css')],
    });
  }

  async #receive(received: unknown, pane: RunPane): Promise<void> {
    const { uri, run, panel } = pane;
    const parsed = fromRunEditorSchema.safeParse(received);
    if (!parsed.success) throw new Error('The run editor sent a message that is not known.');
    const message: FromRunEditor = parsed.data;
    switch (message.type) {
      case 'ready':
        panel.lastEdit = 0;
        run.show(panel);
        this.#panes.tell(pane);
        return;
      case 'select': {
        const detail = await run.detail(message.sessionId);
        if (detail) panel.post({ type: 'detail', detail });
        return;
      }
      case 'editTitle':
        return run.edit(panel, message.edit, 'title', message.title);
      case 'editNotes':
        return run.edit(panel, message.edit, 'notes', message.notes);
      case 'openTimeline': {
        const session = { run: uri, sessionId: message.sessionId, message: message.message };
        await vscode.commands.executeCommand('rtbench.openTimeline', session);
        return;
      }
      case 'openTranscript': {
        const session = { run: uri, sessionId: message.sessionId };
        await vscode.commands.executeCommand('rtbench.openTranscript', session);
        return;
      }
      case 'openAsText':
        return openAsText(uri);
      case 'runAgain':
        await vscode.commands.executeCommand('rtbench.runAgain', uri);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'place':
        this.#follow(pane, message.place);
        return;
      case 'openComparison':
        await openComparison(this.#services.runs, this.#panes.versionsWith(pane));
    }
  }

  /** Shows the same place in the other version. */
  #follow(pane: RunPane, place: RunPlace): void {
    const other = this.#panes.partnerOf(pane);
    if (!other) return;
    const session = pane.run.session(place.sessionId);
    const sessionId = (session && other.run.sessionLike(session)?.id) ?? null;
    other.panel.post({ type: 'follow', place: { ...place, sessionId } });
  }
}
