import * as vscode from 'vscode';

const scheme = 'rtbench-compared-text';

/** Two texts in VS Code's own diff; kept as long as they are open. */
export class ComparedTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#texts.delete(uri.toString());
      }),
    );
  }

  /** Opens the diff of two texts; `name` is the tab's label. */
  async open(name: string, texts: { a: string; b: string }): Promise<void> {
    this.#count += 1;
    const [a, b] = [this.#keep('A', texts.a), this.#keep('B', texts.b)];
    await vscode.commands.executeCommand('vscode.diff', a, b, name);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? 'This text is gone. Open it from the comparison.\n';
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #keep(side: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${this.#count}/${side}.txt` });
    // A line a sentence reads better side by side than one long line.
    this.#texts.set(uri.toString(), `${text.replaceAll(/(?<=[.!?。！？]) +/g, '\n')}\n`);
    return uri;
  }
}
