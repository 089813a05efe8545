import { connect } from 'node:http2';
import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  IncomingHttpHeaders,
  IncomingHttpStatusHeader,
  OutgoingHttpHeaders,
} from 'node:http2';
import { errorText } from '../common/benchError.ts';
import type { EventStreamRequest } from '../common/connectionRequest.ts';
import { awsCredentials } from './eventStream/awsCredentials.ts';
import { brokenStream } from './eventStream/brokenStream.ts';
import type { Goaway } from './eventStream/brokenStream.ts';
import { checkedTunnel, checkedUrl } from './eventStream/checkedAddress.ts';
import type { EventSigner } from './eventStream/eventSigner.ts';
import { maxMessageBytes } from './messageLimit.ts';
import type { PayloadReader } from './eventStream/payloadReader.ts';
import { refusalError } from './eventStream/streamError.ts';
import type { ProxyTunnel } from './proxyTunnel.ts';
import { sanitiseText } from './sanitiseText.ts';
import type { SentPing, Transport, TransportObserver, TransportOptions } from './transport.ts';
import { TransportError } from './transportError.ts';

const maxRefusalBytes = 64 * 1024;
const pingIntervalMs = 15_000;
/** How long the body of a refusal may take. */
const refusalMs = 2_000;
/** How long the peer may take to end its side after ours. */
const closeMs = 3_000;

/** The parts that need AWS's libraries, loaded by the first stream. */
async function loadParts() {
  const [{ EventSigner }, { PayloadReader }, { payloadPart }] = await Promise.all([
    import('./eventStream/eventSigner.ts'),
    import('./eventStream/payloadReader.ts'),
    import('./eventStream/messages.ts'),
  ]);
  return { EventSigner, PayloadReader, payloadPart };
}

type Parts = Awaited<ReturnType<typeof loadParts>>;

/**
 * One stream of Amazon SageMaker on an HTTP/2 connection of its own: what is sent travels in
 * signed events, what the container answers in events without signature.
 */
export class EventStreamTransport implements Transport {
  readonly pings: SentPing[] = [];
  readonly #request: EventStreamRequest;
  readonly #options: TransportOptions;
  readonly #observer: TransportObserver;
  readonly #host: string;
  #parts: Parts | null = null;
  #signer: EventSigner | null = null;
  #tunnel: ProxyTunnel | null = null;
  #session: ClientHttp2Session | null = null;
  #stream: ClientHttp2Stream | null = null;
  #reader: PayloadReader | null = null;
  /** Each signature needs the one before, so events are signed one after the other. */
  #signing: Promise<void> = Promise.resolve();
  #queuedBytes = 0;
  #isOpen = false;
  /** The stream's end is on its way, or no longer needed. */
  #inputEnded = false;
  /** Tells of the refusal that is being read. */
  #refuse: (() => void) | null = null;
  /** When nothing more could be read, and whether that was because the peer ended its side. */
  #endedUs: number | null = null;
  #peerEnded = false;
  #goaway: Goaway | null = null;
  #closing = false;
  #failed = false;
  #closed = false;
  #connectTimer: NodeJS.Timeout | undefined;
  #endTimer: NodeJS.Timeout | undefined;
  #pingTimer: NodeJS.Timeout | undefined;

  constructor(request: EventStreamRequest, options: TransportOptions, observer: TransportObserver) {
    this.#request = request;
    this.#options = options;
    this.#observer = observer;
    this.#host = URL.canParse(request.url) ? new URL(request.url).host : 'The endpoint';
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  open(): void {
    const url = checkedUrl(this.#request);
    const { connectTimeoutMs, proxy } = this.#options;
    const tunnel = checkedTunnel(url, proxy);
    // One deadline for credentials, name, TCP, proxy, TLS and the server's first frame together.
    this.#connectTimer = setTimeout(() => {
      this.#giveUp(this.#tunnel?.timeout(connectTimeoutMs) ?? this.#connectTimeout());
    }, connectTimeoutMs);
    this.#connect(url, tunnel).catch((error: unknown) => {
      const problem =
        error instanceof TransportError
          ? error
          : new TransportError('request_invalid', null, sanitiseText(errorText(error)), {
              cause: error,
            });
      this.#giveUp(problem);
    });
  }

  send(data: string | Uint8Array, accepted?: () => void): void {
    if (!this.#parts || !this.#isOpen || this.#inputEnded) {
      if (accepted) setImmediate(accepted);
      return;
    }
    const part = this.#parts.payloadPart(data);
    this.#queuedBytes += part.length;
    this.#write(part, () => {
      this.#queuedBytes -= part.length;
      accepted?.();
    });
  }

  endInput(): void {
    // The container would lose its connection: its protocol's own message says that the audio ends.
  }

  close(): void {
    if (!this.#isOpen || this.#refuse) {
      this.terminate();
      return;
    }
    this.#closing = true;
    this.#endInput();
  }

  terminate(): void {
    // Errors from here on are of our own making.
    this.#closing = true;
    this.#giveUp(null);
  }

  async #connect(url: URL, tunnel: ProxyTunnel | null): Promise<void> {
    const [parts, credentials] = await Promise.all([loadParts(), awsCredentials()]);
    if (this.#isOver()) return;
    const { secretAccessKey, sessionToken } = credentials;
    this.#observer.secrets?.([secretAccessKey, ...(sessionToken ? [sessionToken] : [])]);
    const signer = new parts.EventSigner(credentials, this.#request.region);
    const headers = await signer.request(url, this.#request.headers, new Date());
    if (this.#isOver()) return;
    this.#parts = parts;
    this.#signer = signer;
    this.#reader = new parts.PayloadReader(
      this.#host,
      this.#request.maxMessageBytes ?? maxMessageBytes,
    );
    this.#tunnel = tunnel;
    const socket = await tunnel?.http2Socket();
    if (this.#isOver()) {
      socket?.destroy();
      return;
    }
    this.#begin(
      connect(url.origin, {
        settings: { enablePush: false },
        ...(socket && { createConnection: () => socket }),
      }),
      headers,
    );
  }

  #begin(session: ClientHttp2Session, headers: OutgoingHttpHeaders): void {
    this.#session = session;
    session.once('connect', (_, socket) => {
      socket.setNoDelay(true);
      if (this.#isOver()) return;
      try {
        this.#start(session.request(headers, { endStream: false }));
      } catch (error) {
        this.#giveUp(this.#breakage(error instanceof Error ? error : null, 0));
      }
    });
    // A server that speaks HTTP/2 says so before anything else.
    session.once('remoteSettings', () => {
      this.#opened();
    });
    session.on('goaway', (code: number, _lastStream: number, data?: Uint8Array) => {
      const text = data ? Buffer.from(data).toString('utf8') : '';
      // A second one without text is the usual end of a connection that is being drained.
      this.#goaway ??= { code, text };
    });
    session.on('error', (error: Error) => {
      this.#broke(error);
    });
    session.on('close', () => {
      // The stream tells of its own end, before or after this.
      if (!this.#stream) this.#streamClosed(0);
    });
  }

  #start(stream: ClientHttp2Stream): void {
    const { clock } = this.#options;
    this.#stream = stream;
    stream.on('response', (headers) => {
      this.#answered(stream, headers);
    });
    stream.on('data', (bytes: Buffer) => {
      const atUs = clock.nowUs();
      if (!this.#refuse) this.#read(bytes, atUs);
    });
    stream.on('end', () => {
      this.#endedUs ??= clock.nowUs();
      // A reset ends reading as well, and shows right after.
      setImmediate(() => {
        if (stream.destroyed) return;
        this.#peerEnded = true;
        this.#endInput();
      });
    });
    stream.on('error', (error: Error) => {
      this.#broke(error);
    });
    stream.on('close', () => {
      this.#streamClosed(stream.rstCode);
    });
  }

  #opened(): void {
    if (this.#isOpen || this.#isOver()) return;
    clearTimeout(this.#connectTimer);
    this.#isOpen = true;
    this.#observer.opened();
    this.#ping();
    this.#pingTimer = setInterval(() => {
      this.#ping();
    }, pingIntervalMs);
  }

  #ping(): void {
    const session = this.#session;
    if (!session || session.destroyed || session.closed) return;
    const { clock } = this.#options;
    const ping: SentPing = { sentUs: clock.nowUs(), roundTripUs: null };
    const wasSent = session.ping((error) => {
      if (!error) ping.roundTripUs = clock.nowUs() - ping.sentUs;
    });
    if (wasSent) this.pings.push(ping);
  }

  #answered(
    stream: ClientHttp2Stream,
    headers: IncomingHttpHeaders & IncomingHttpStatusHeader,
  ): void {
    const status = headers[':status'] ?? 0;
    if (status === 200) {
      this.#opened();
      return;
    }
    clearTimeout(this.#connectTimer);
    const errorType = headers['x-amzn-errortype'];
    const parts: Buffer[] = [];
    let bytes = 0;
    this.#refuse = () => {
      const body = Buffer.concat(parts).subarray(0, maxRefusalBytes).toString('utf8');
      this.#giveUp(
        refusalError(this.#host, {
          status,
          errorType: typeof errorType === 'string' ? errorType : null,
          body,
        }),
      );
    };
    this.#endTimer = setTimeout(this.#refuse, refusalMs);
    stream.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes >= maxRefusalBytes) this.#refuse?.();
    });
    stream.on('end', () => this.#refuse?.());
  }

  #read(bytes: Uint8Array, atUs: number): void {
    if (this.#failed || !this.#reader) return;
    try {
      this.#reader.push(bytes, atUs, (frame) => {
        this.#observer.received(frame);
      });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      this.#fail(error);
      this.#endInput();
    }
  }

  /** Signs and writes an event once those before it are written. */
  #write(message: Uint8Array, accepted: () => void): void {
    const written = this.#signing.then(async () => {
      const envelope = await this.#signer!.envelope(message, new Date());
      const stream = this.#stream;
      if (stream?.writable) {
        stream.write(envelope, () => {
          accepted();
        });
      } else {
        setImmediate(accepted);
      }
    });
    this.#signing = written.catch((error: unknown) => {
      this.#broke(error instanceof Error ? error : new Error(String(error)));
      setImmediate(accepted);
    });
  }

  /** The last event is empty; then our side of the stream ends. */
  #endInput(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.#write(new Uint8Array(), () => undefined);
    void this.#signing.then(() => this.#stream?.end());
    this.#endTimer ??= setTimeout(() => {
      this.terminate();
    }, closeMs);
  }

  #broke(error: Error): void {
    if (this.#refuse) this.#refuse();
    else this.#fail(this.#breakage(error, this.#stream?.rstCode ?? 0));
  }

  #breakage(error: Error | null, resetCode: number): TransportError {
    const wasOpen = this.#isOpen;
    return brokenStream(this.#host, { wasOpen, error, resetCode, goaway: this.#goaway });
  }

  #streamClosed(resetCode: number): void {
    if (this.#refuse) {
      this.#refuse();
      return;
    }
    const hasEnd = this.#peerEnded || (this.#endedUs !== null && resetCode === 0);
    const isWhole = hasEnd && this.#reader?.isCut !== true;
    if (!isWhole) this.#fail(this.#breakage(null, resetCode));
    this.#end(isWhole ? 1000 : 1006);
  }

  #fail(error: TransportError): void {
    if (!this.#failed && !this.#closed && !this.#closing) {
      this.#failed = true;
      this.#observer.failed(error);
    }
  }

  /** Ends at once. `closed` comes later, as it does from a connection. */
  #giveUp(error: TransportError | null): void {
    if (error) this.#fail(error);
    this.#closing = true;
    setImmediate(() => {
      this.#end(1006);
    });
  }

  #isOver(): boolean {
    return this.#closed || this.#closing || this.#failed;
  }

  #end(code: number): void {
    if (this.#closed) return;
    const atUs = (code === 1000 ? this.#endedUs : null) ?? this.#options.clock.nowUs();
    this.#closed = true;
    this.#inputEnded = true;
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#endTimer);
    clearInterval(this.#pingTimer);
    this.#tunnel?.close();
    this.#session?.destroy();
    this.#observer.closed({ atUs, code, reason: '' });
  }

  #connectTimeout(): TransportError {
    const seconds = this.#options.connectTimeoutMs / 1000;
    return new TransportError(
      'connect_timeout',
      null,
      `${this.#host} did not accept an HTTP/2 stream within ${seconds} s.` +
        ' Check the address, the port (8443), the firewall and how AWS credentials are found.',
    );
  }
}
