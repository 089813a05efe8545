import * as vscode from 'vscode';
import { sanitiseText } from '../../transport/sanitiseText.ts';

const scheme = 'rtbench-compared-text';

/** On the tab's label. */
const mostIdCharacters = 60;

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

  /**
   * Opens the diff of what two runs made of an utterance.
   *
   * @param letters of the runs
   */
  async open(
    id: string,
    letters: readonly [a: string, b: string],
    texts: { a: string; b: string },
  ): Promise<void> {
    this.#count += 1;
    const [a, b] = [this.#keep(letters[0], texts.a), this.#keep(letters[1], texts.b)];
    const label = `${sanitiseText(id, mostIdCharacters)}: ${letters[0]} ↔ ${letters[1]}`;
    await vscode.commands.executeCommand('vscode.diff', a, b, label);
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
