import * as vscode from 'vscode';

/**
 * A panel with a real page. What is said to the page is kept, and what the page says; a test may
 * also say something in the page's place.
 */
export class WatchedPanel<Told, Said> {
  readonly panel: vscode.WebviewPanel;
  /** Said to the page. */
  readonly told: Told[] = [];
  /** Said by the page itself. */
  readonly said: Said[] = [];
  readonly #view: vscode.WebviewPanel;
  readonly #messages = new vscode.EventEmitter<unknown>();

  constructor(title: string) {
    this.#view = vscode.window.createWebviewPanel('rtbench.test', title, vscode.ViewColumn.Active);
    this.panel = this.#wrap();
    this.#view.webview.onDidReceiveMessage((message: Said) => {
      this.said.push(message);
      this.#messages.fire(message);
    });
    this.#view.onDidDispose(() => {
      this.#messages.dispose();
    });
  }

  /** Says something in the page's place. */
  say(message: unknown): void {
    this.#messages.fire(message);
  }

  /** VS Code's own objects cannot be changed: these pass everything on. */
  #wrap(): vscode.WebviewPanel {
    const view = this.#view;
    return {
      viewType: view.viewType,
      title: view.title,
      options: view.options,
      webview: this.#wrapWebview(),
      get viewColumn() {
        return view.viewColumn;
      },
      get active() {
        return view.active;
      },
      get visible() {
        return view.visible;
      },
      onDidChangeViewState: view.onDidChangeViewState,
      onDidDispose: view.onDidDispose,
      reveal: (column, preserveFocus) => {
        view.reveal(column, preserveFocus);
      },
      dispose: () => {
        view.dispose();
      },
    };
  }

  #wrapWebview(): vscode.Webview {
    const { webview } = this.#view;
    return {
      get options() {
        return webview.options;
      },
      set options(options) {
        webview.options = options;
      },
      get html() {
        return webview.html;
      },
      set html(html) {
        webview.html = html;
      },
      cspSource: webview.cspSource,
      onDidReceiveMessage: this.#messages.event,
      asWebviewUri: (uri) => webview.asWebviewUri(uri),
      postMessage: (message: Told) => {
        this.told.push(message);
        return webview.postMessage(message);
      },
    };
  }
}
