import { WebSocket } from 'ws';
import { errorText } from '../common/benchError.ts';
import { connectError } from './connectError.ts';
import { maxMessageBytes } from './messageLimit.ts';
import { tunnelTo } from './proxyTunnel.ts';
import { sanitiseText } from './sanitiseText.ts';
import { TransportError } from './transportError.ts';
import type { WebSocketRequest } from '../common/connectionRequest.ts';
import type { SentPing, Transport, TransportObserver, TransportOptions } from './transport.ts';
import { upgradeRefusal } from './upgradeRefusal.ts';

const pingIntervalMs = 15_000;

/** One WebSocket connection. Opening it is the constructor's caller's next step: {@link open}. */
export class WebSocketTransport implements Transport {
  readonly #request: WebSocketRequest;
  readonly #options: TransportOptions;
  readonly #observer: TransportObserver;
  readonly #host: string;
  readonly pings: SentPing[] = [];
  #socket: WebSocket | null = null;
  #failed = false;
  #connectTimer: NodeJS.Timeout | undefined;
  #pingTimer: NodeJS.Timeout | undefined;

  constructor(request: WebSocketRequest, options: TransportOptions, observer: TransportObserver) {
    this.#request = request;
    this.#options = options;
    this.#observer = observer;
    this.#host = URL.canParse(request.url) ? new URL(request.url).host : 'The endpoint';
  }

  /**
   * Starts connecting; the observer hears the rest.
   * @throws TransportError `request_invalid` for a URL or header that cannot be sent at all.
   */
  open(): void {
    const { url, headers, subprotocols } = this.#request;
    const { clock, connectTimeoutMs, proxy } = this.#options;
    const tunnel = tunnelTo(url, proxy);
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, subprotocols, {
        headers,
        // Compression costs time on both sides and blurs the timing of base64 audio.
        perMessageDeflate: false,
        maxPayload: this.#maxBytes,
        followRedirects: false,
        ...(tunnel && { agent: tunnel.agent }),
      });
    } catch (error) {
      throw new TransportError('request_invalid', null, sanitiseText(errorText(error)), {
        cause: error,
      });
    }
    this.#socket = socket;
    // One deadline for name resolution, TCP, proxy, TLS and the upgrade's answer together.
    this.#connectTimer = setTimeout(() => {
      this.#fail(tunnel?.timeout(connectTimeoutMs) ?? this.#connectTimeout());
      socket.terminate();
    }, connectTimeoutMs);
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const atUs = clock.nowUs();
      const frame = isBinary ? new Uint8Array(data) : data.toString('utf8');
      this.#observer.received({ atUs, bytes: data.length, data: frame });
    });
    socket.on('open', () => {
      this.#opened(socket);
    });
    socket.on('pong', (data: Buffer) => {
      this.#ponged(data.toString('latin1'));
    });
    socket.on('unexpected-response', (request, response) => {
      void upgradeRefusal(this.#host, response).then((refusal) => {
        this.#fail(refusal);
        request.destroy();
        socket.terminate();
      });
    });
    socket.on('error', (error: Error) => {
      this.#fail(this.#describe(error));
    });
    socket.on('close', (code, reason) => {
      const atUs = clock.nowUs();
      this.#stopTimers();
      tunnel?.close();
      this.#observer.closed({ atUs, code, reason: sanitiseText(reason.toString('utf8')) });
    });
  }

  /** Bytes handed to {@link send} that the operating system has not taken yet. */
  get queuedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  get #maxBytes(): number {
    return this.#request.maxMessageBytes ?? maxMessageBytes;
  }

  get isReusable(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** `accepted` is called when the operating system has taken the frame, or never will. */
  send(data: string | Uint8Array, accepted?: () => void): void {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(data, accepted);
    }
  }

  endInput(): void {
    // A WebSocket has no end of one direction: the protocol's own message says it.
  }

  /** Starts the closing handshake, or gives up a connection that is not open yet. */
  close(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.close(1000);
    } else if (this.#socket?.readyState === WebSocket.CONNECTING) {
      this.terminate();
    }
  }

  /** Cuts the connection at once. */
  terminate(): void {
    // Errors from here on are of our own making.
    this.#failed = true;
    this.#socket?.terminate();
  }

  #opened(socket: WebSocket): void {
    clearTimeout(this.#connectTimer);
    this.#observer.opened();
    const ping = (): void => {
      if (socket.readyState === WebSocket.OPEN) {
        this.pings.push({ sentUs: this.#options.clock.nowUs(), roundTripUs: null });
        socket.ping(String(this.pings.length - 1));
      }
    };
    ping();
    this.#pingTimer = setInterval(ping, pingIntervalMs);
  }

  #ponged(index: string): void {
    const ping = /^\d+$/.test(index) ? this.pings[Number(index)] : undefined;
    if (ping) {
      ping.roundTripUs ??= this.#options.clock.nowUs() - ping.sentUs;
    }
  }

  #fail(error: TransportError): void {
    if (!this.#failed) {
      this.#failed = true;
      this.#observer.failed(error);
    }
  }

  #connectTimeout(): TransportError {
    const seconds = this.#options.connectTimeoutMs / 1000;
    return new TransportError(
      'connect_timeout',
      null,
      `${this.#host} did not open a WebSocket within ${seconds} s.` +
        ' Check the address, the firewall and whether the server is overloaded.',
    );
  }

  #describe(error: Error): TransportError {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
    if (code?.startsWith('WS_ERR_')) {
      return new TransportError(
        'invalid_message',
        code,
        `${this.#host} sent a frame that breaks the WebSocket protocol or its limits` +
          ` (${sanitiseText(error.message)}; at most ${this.#maxBytes} bytes per message).`,
        { cause: error },
      );
    }
    if (this.pings.length > 0) {
      return new TransportError(
        'closed_early',
        code,
        `The connection to ${this.#host} broke: ${sanitiseText(error.message)}.` +
          " Check the network and the server's log.",
        { cause: error },
      );
    }
    return connectError(this.#host, error);
  }

  #stopTimers(): void {
    clearTimeout(this.#connectTimer);
    clearInterval(this.#pingTimer);
  }
}
