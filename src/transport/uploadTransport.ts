import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { errorText } from '../common/benchError.ts';
import type { UploadRequest } from '../common/connectionRequest.ts';
import { answerFrames } from './answerFrames.ts';
import { connectError } from './connectError.ts';
import { tunnelTo } from './proxyTunnel.ts';
import type { ProxyTunnel } from './proxyTunnel.ts';
import { sanitiseText } from './sanitiseText.ts';
import type {
  ReceivedFrame,
  SentPing,
  Transport,
  TransportObserver,
  TransportOptions,
} from './transport.ts';
import { TransportError } from './transportError.ts';
import { httpRefusal } from './upgradeRefusal.ts';

const maxAnswerBytes = 16 * 1024 * 1024;
const maxRefusalBytes = 64 * 1024;
/** How long the body of a refusal may take. */
const refusalMs = 2_000;
/** How long a response may take to end once nobody waits for it any more. */
const closeMs = 250;

/**
 * One POST on a connection of its own. What is sent is the request's body as it goes, in chunked
 * encoding; what comes is read from the response's first byte on, also while the body is sent.
 */
export class UploadTransport implements Transport {
  readonly pings: readonly SentPing[] = [];
  readonly #request: UploadRequest;
  readonly #options: TransportOptions;
  readonly #observer: TransportObserver;
  readonly #host: string;
  #tunnel: ProxyTunnel | null = null;
  #outgoing: ClientRequest | null = null;
  #response: IncomingMessage | null = null;
  #isOpen = false;
  /** Tells of the refusal that is being read. */
  #refuse: (() => void) | null = null;
  #failed = false;
  #closed = false;
  #connectTimer: NodeJS.Timeout | undefined;
  #endTimer: NodeJS.Timeout | undefined;

  constructor(request: UploadRequest, options: TransportOptions, observer: TransportObserver) {
    this.#request = request;
    this.#options = options;
    this.#observer = observer;
    this.#host = URL.canParse(request.url) ? new URL(request.url).host : 'The endpoint';
  }

  get queuedBytes(): number {
    return this.#outgoing?.writableLength ?? 0;
  }

  open(): void {
    const { url, headers } = this.#request;
    const { connectTimeoutMs, proxy } = this.#options;
    this.#tunnel = tunnelTo(url, proxy);
    const isSecure = url.startsWith('https:');
    const send = isSecure ? httpsRequest : httpRequest;
    let outgoing: ClientRequest;
    try {
      // Without an agent no connection is used again: each one's opening is measured.
      outgoing = send(url, { method: 'POST', headers, agent: this.#tunnel?.agent ?? false });
    } catch (error) {
      throw new TransportError('request_invalid', null, sanitiseText(errorText(error)), {
        cause: error,
      });
    }
    this.#outgoing = outgoing;
    this.#connectTimer = setTimeout(() => {
      this.#fail(this.#tunnel?.timeout(connectTimeoutMs) ?? this.#connectTimeout());
      this.#cut();
    }, connectTimeoutMs);
    outgoing.on('socket', (socket: Socket) => {
      socket.setNoDelay(true);
      // A proxy's way is open when the request gets it.
      if (!isSecure && !socket.connecting) this.#opened();
      else {
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          this.#opened();
        });
      }
    });
    outgoing.on('response', (response) => {
      this.#answered(response);
    });
    outgoing.on('error', (error) => {
      this.#broke(error);
    });
    outgoing.on('close', () => {
      if (!this.#closed) this.#broke(new Error('it was closed before the response was complete'));
      this.#end(1006);
    });
  }

  send(data: string | Uint8Array, accepted?: () => void): void {
    const outgoing = this.#outgoing;
    if (outgoing && this.#isOpen && !this.#refuse && outgoing.writable && !outgoing.writableEnded) {
      outgoing.write(data, () => accepted?.());
    } else if (accepted) {
      setImmediate(accepted);
    }
  }

  endInput(): void {
    if (!this.#refuse) this.#outgoing?.end();
  }

  /** HTTP has no farewell: a response that is all but over may end, anything else is cut. */
  close(): void {
    if (this.#response && !this.#refuse && this.#outgoing?.writableEnded) {
      this.#endTimer ??= setTimeout(() => {
        this.terminate();
      }, closeMs);
    } else {
      this.terminate();
    }
  }

  terminate(): void {
    // Errors from here on are of our own making.
    this.#failed = true;
    this.#cut();
  }

  /** A request without a socket does not end before it has one, or no longer waits for it. */
  #cut(): void {
    this.#outgoing?.destroy();
    this.#tunnel?.close();
  }

  #opened(): void {
    clearTimeout(this.#connectTimer);
    this.#isOpen = true;
    this.#observer.opened();
  }

  #answered(response: IncomingMessage): void {
    this.#response = response;
    const status = response.statusCode ?? 0;
    response.on('error', (error) => {
      this.#broke(error);
    });
    if (status < 200 || status > 299) this.#readRefusal(response);
    else this.#read(response);
  }

  #read(response: IncomingMessage): void {
    const { clock } = this.#options;
    const frames = answerFrames(response.headers['content-type']);
    let bytes = 0;
    response.on('data', (part: Buffer) => {
      const atUs = clock.nowUs();
      bytes += part.length;
      if (bytes > maxAnswerBytes) {
        this.#fail(this.#tooLong());
        this.#outgoing?.destroy();
      } else {
        this.#receive(frames.push(part, atUs));
      }
    });
    response.on('end', () => {
      this.#receive(frames.end(clock.nowUs()));
      this.#end(1000);
    });
  }

  #receive(frames: readonly ReceivedFrame[]): void {
    for (const frame of frames) this.#observer.received(frame);
  }

  /** Nothing more is sent to a server that said no, so that it need not cut the connection. */
  #readRefusal(response: IncomingMessage): void {
    const parts: Buffer[] = [];
    let bytes = 0;
    this.#refuse = () => {
      const body = Buffer.concat(parts).subarray(0, maxRefusalBytes).toString('utf8');
      this.#fail(httpRefusal(this.#host, response, body));
      this.#outgoing?.destroy();
    };
    this.#endTimer = setTimeout(this.#refuse, refusalMs);
    response.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes >= maxRefusalBytes) this.#refuse?.();
    });
    response.on('end', () => {
      this.#refuse?.();
      this.#end(1000);
    });
  }

  #broke(error: Error): void {
    if (this.#refuse) this.#refuse();
    else this.#fail(this.#describe(error));
  }

  #fail(error: TransportError): void {
    if (!this.#failed && !this.#closed) {
      this.#failed = true;
      this.#observer.failed(error);
    }
  }

  #end(code: number): void {
    if (this.#closed) return;
    const atUs = this.#options.clock.nowUs();
    // A server may answer in full without having read it all, and leave the connection to us.
    this.#outgoing?.destroy();
    this.#closed = true;
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#endTimer);
    this.#observer.closed({ atUs, code, reason: '' });
  }

  #connectTimeout(): TransportError {
    const seconds = this.#options.connectTimeoutMs / 1000;
    return new TransportError(
      'connect_timeout',
      null,
      `${this.#host} did not accept a connection within ${seconds} s.` +
        ' Check the address, the firewall and whether the server is overloaded.',
    );
  }

  #tooLong(): TransportError {
    return new TransportError(
      'invalid_message',
      null,
      `${this.#host} answered with more than ${maxAnswerBytes} bytes.` +
        ' Check the dialect and the path of the URL.',
    );
  }

  #describe(error: Error): TransportError {
    if (!this.#isOpen) return connectError(this.#host, error);
    const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
    const detail = sanitiseText(error.message);
    const isHttp = code?.startsWith('HPE_') !== true;
    return new TransportError(
      isHttp ? 'closed_early' : 'upgrade_refused',
      code,
      isHttp
        ? `The connection to ${this.#host} broke: ${detail}. Check the network and the server's log.`
        : `${this.#host} did not answer in HTTP (${detail}). Check the port and the scheme of the URL.`,
      { cause: error },
    );
  }
}
