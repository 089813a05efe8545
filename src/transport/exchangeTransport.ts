import { BenchError, errorText } from '../common/benchError.ts';
import type { ExchangeRequest, ExchangeResult } from '../common/connectionRequest.ts';
import { askHttp } from './askHttp.ts';
import { connectError } from './connectError.ts';
import { sanitiseText } from './sanitiseText.ts';
import type { SentPing, Transport, TransportObserver, TransportOptions } from './transport.ts';
import { TransportError } from './transportError.ts';
import { statusRemedy } from './upgradeRefusal.ts';
import { WebSocketTransport } from './webSocketTransport.ts';

const longestBodyCharacters = 65_536;

/** Asks over HTTP where to connect, then is the WebSocket that the answer allows. */
export class ExchangeTransport implements Transport {
  readonly #request: ExchangeRequest;
  readonly #options: TransportOptions;
  readonly #observer: TransportObserver;
  readonly #abort = new AbortController();
  #inner: WebSocketTransport | null = null;
  #ended = false;

  constructor(request: ExchangeRequest, options: TransportOptions, observer: TransportObserver) {
    this.#request = request;
    this.#options = options;
    this.#observer = observer;
  }

  get pings(): readonly SentPing[] {
    return this.#inner?.pings ?? [];
  }

  get queuedBytes(): number {
    return this.#inner?.queuedBytes ?? 0;
  }

  open(): void {
    const startMs = performance.now();
    this.#exchange().then(
      ({ request, secrets }) => {
        if (this.#ended) return;
        this.#observer.secrets?.(secrets);
        const connectTimeoutMs = this.#options.connectTimeoutMs - (performance.now() - startMs);
        this.#connect(request, Math.max(1, connectTimeoutMs));
      },
      (error: unknown) => {
        this.#giveUp(this.#describe(error));
      },
    );
  }

  send(data: string | Uint8Array, accepted?: () => void): void {
    this.#inner?.send(data, accepted);
  }

  endInput(): void {
    this.#inner?.endInput();
  }

  close(): void {
    if (this.#inner) this.#inner.close();
    else this.#giveUp(null);
  }

  terminate(): void {
    if (this.#inner) this.#inner.terminate();
    else this.#giveUp(null);
  }

  async #exchange(): Promise<ExchangeResult> {
    const { url, headers, body } = this.#request;
    const answer = await askHttp({
      url,
      method: 'POST',
      headers,
      body,
      timeoutMs: this.#options.connectTimeoutMs,
      signal: this.#abort.signal,
      proxy: this.#options.proxy,
    });
    const { status } = answer;
    const text = answer.body.slice(0, longestBodyCharacters);
    if (status >= 200 && status <= 299) return this.#request.next(text);
    throw new TransportError(
      'upgrade_refused',
      String(status),
      `${this.#host} answered HTTP ${status}: ${sanitiseText(text)}. ${statusRemedy(status)}`,
    );
  }

  #connect(request: ExchangeResult['request'], connectTimeoutMs: number): void {
    const inner = new WebSocketTransport(
      request,
      { ...this.#options, connectTimeoutMs },
      this.#observer,
    );
    try {
      inner.open();
      this.#inner = inner;
    } catch (error) {
      this.#giveUp(this.#describe(error));
    }
  }

  /** Ends without a WebSocket. `closed` comes later, as it does from one. */
  #giveUp(error: TransportError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#abort.abort();
    if (error) this.#observer.failed(error);
    setImmediate(() => {
      const atUs = this.#options.clock.nowUs();
      this.#observer.closed({ atUs, code: 1006, reason: '' });
    });
  }

  get #host(): string {
    return new URL(this.#request.url).host;
  }

  #describe(error: unknown): TransportError {
    if (error instanceof TransportError) return error;
    if (error instanceof BenchError) {
      return new TransportError('request_invalid', null, errorText(error), { cause: error });
    }
    if (error instanceof Error && error.name === 'TimeoutError') {
      const seconds = this.#options.connectTimeoutMs / 1000;
      const message = `${this.#host} did not answer within ${seconds} s. Check the address and the network.`;
      return new TransportError('connect_timeout', null, message, { cause: error });
    }
    return connectError(this.#host, error);
  }
}
