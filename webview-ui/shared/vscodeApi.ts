/** What VS Code gives to the page of a webview; can be had once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

interface MessageSchema<Message> {
  safeParse(value: unknown): { success: true; data: Message } | { success: false };
}

/** The extension, as a page sees it: typed messages both ways, and what the page remembers. */
export class VsCodeApi<Sent, Received> {
  readonly #api: WebviewApi = acquireVsCodeApi();
  readonly #schema: MessageSchema<Received>;

  constructor(schema: MessageSchema<Received>) {
    this.#schema = schema;
  }

  post(message: Sent): void {
    this.#api.postMessage(message);
  }

  onMessage(handle: (message: Received) => void): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const parsed = this.#schema.safeParse(event.data);
      if (!parsed.success) throw new Error('The extension sent a message that is not known.');
      handle(parsed.data);
    });
  }

  /** Survives hiding the page and reloading the window; the caller checks it. */
  savedState(): unknown {
    return this.#api.getState();
  }

  saveState(state: unknown): void {
    this.#api.setState(state);
  }
}
