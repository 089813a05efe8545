import { IncomingMessage } from 'node:http';
import { createSecureServer, createServer } from 'node:http2';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { defaultSpeechScript } from './dialectServer.ts';
import type {
  DialectServerKind,
  RunningDialectServer,
  ServerConnection,
  ServerProtocol,
  SpeechScript,
  WireFrame,
} from './dialectServer.ts';
import { encodeFrame } from './eventFrames.ts';
import type { EventFrame } from './eventFrames.ts';
import { SignedStream } from './signedStream.ts';
import type { SignedStreamOptions } from './signedStream.ts';
import { vllmContainer } from './vllmContainer.ts';

/** Credentials that the server knows; {@link useTestCredentials} puts them in the environment. */
export const testCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
export const testRegion = 'us-east-1';

/** Only what is set here is found: no file and no service of this machine. */
export const testEnvironment = {
  AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
  AWS_REGION: testRegion,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
};

export function useTestCredentials(): void {
  Object.assign(process.env, testEnvironment);
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN'])
    Reflect.deleteProperty(process.env, name);
}

export interface SagemakerOptions {
  /** PEM; makes the server speak TLS. */
  tls: { key: string; cert: string } | null;
  container: DialectServerKind;
  stream: SignedStreamOptions;
  endpoint: string;
  /** Refuses every stream so. */
  refusal: { status: number; headers?: Record<string, string>; body: string } | null;
  /** Accepts a stream only with its first event. */
  acceptsLate: boolean;
  /** Says that the connection takes no further streams, as one does that is being drained. */
  drains: boolean;
  /** Never answers. */
  isSilent: boolean;
  /** The sizes in which answers are written, in turn. */
  pieceBytes: number[];
  /** Splits the container's messages into parts of so many bytes. */
  partBytes: number | null;
  /** How the last part of several is marked. */
  lastPart: 'COMPLETE' | 'unmarked' | 'empty' | 'PARTIAL';
  /** Says whether messages are text or binary. */
  saysDataType: boolean;
  /** Waits so long before it reads on. */
  pauseMs: number | null;
  /** Does this after so many audio messages. */
  interference: { afterMessages: number; act: (stream: OpenStream) => void } | null;
}

const defaults: SagemakerOptions = {
  tls: null,
  container: vllmContainer,
  stream: {
    service: 'sagemaker',
    region: testRegion,
    accessKeys: new Map([[testCredentials.accessKeyId, testCredentials.secretAccessKey]]),
    sessionToken: null,
  },
  endpoint: 'my-endpoint',
  refusal: null,
  acceptsLate: false,
  drains: false,
  isSilent: false,
  pieceBytes: [1, 3, 7, 64, 11, 2, 501],
  partBytes: null,
  lastPart: 'COMPLETE',
  saysDataType: true,
  pauseMs: null,
  interference: null,
};

/** A stream that was let in. */
export interface OpenStream {
  http2: ServerHttp2Stream;
  /** Sends an event-stream message. */
  say: (headers: Record<string, string>, body: string | Uint8Array) => void;
}

export interface RunningSagemaker extends RunningDialectServer {
  /** How each stream ended that the client ended: with its empty event or without. */
  endings: boolean[];
  /** What the client sent of HTTP/2, and of each of its events, in order. */
  streams: { headers: IncomingHttpHeaders; events: Record<string, string>[] }[];
}

/**
 * Starts SageMaker's side of bidirectional streams, over HTTP/2, before a container
 * that speaks another protocol. Everything that the client signs and encodes is checked by code
 * that shares nothing with the product.
 */
export async function startSagemaker(
  overrides: Partial<SpeechScript> = {},
  changes: Partial<SagemakerOptions> = {},
): Promise<RunningSagemaker> {
  const script = { ...defaultSpeechScript, ...overrides };
  const options = { ...defaults, ...changes };
  const server = options.tls ? createSecureServer(options.tls) : createServer();
  const sockets = new Set<Socket>();
  const heard: Buffer[][] = [];
  const running: Omit<RunningSagemaker, 'url' | 'close'> = {
    script,
    violations: [],
    wire: [],
    requests: [],
    endings: [],
    streams: [],
    pcm: (connection = 0) => Buffer.concat(heard[connection] ?? []),
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', ignore);
  });
  server.on('sessionError', ignore);
  server.on('stream', (http2, headers) => {
    http2.on('error', ignore);
    const pcm: Buffer[] = [];
    heard.push(pcm);
    const wire: WireFrame[] = [];
    running.wire.push(wire);
    const socket = [...sockets].at(-1)!;
    serve({ options, script, http2, headers, socket, pcm, wire, running });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...running,
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}/endpoints/${options.endpoint}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function ignore(): void {
  // A client may cut its connection at any time.
}

interface Accepted {
  options: SagemakerOptions;
  script: SpeechScript;
  http2: ServerHttp2Stream;
  headers: IncomingHttpHeaders;
  socket: Socket;
  pcm: Buffer[];
  wire: WireFrame[];
  running: Omit<RunningSagemaker, 'url' | 'close'>;
}

/** What the container sees of a request. */
function containerRequest(headers: IncomingHttpHeaders): IncomingMessage {
  const path =
    headers['x-amzn-sagemaker-model-invocation-path'] ?? 'invocations-bidirectional-stream';
  const query = headers['x-amzn-sagemaker-model-query-string'];
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.url = `/${String(path)}${query === undefined ? '' : `?${String(query)}`}`;
  return request;
}

function refusalOf(
  { options, script, headers }: Accepted,
  signed: SignedStream,
): SagemakerOptions['refusal'] {
  if (options.refusal) return options.refusal;
  if (script.refuseStatus !== null) {
    const body = '{"Message":"No.","ErrorCode":"NONE"}';
    return { status: script.refuseStatus, body };
  }
  const path = `/endpoints/${options.endpoint}/invocations-bidirectional-stream`;
  if (headers[':method'] !== 'POST' || headers[':path']?.split('?')[0] !== path) {
    return {
      status: 404,
      headers: { 'x-amzn-errortype': 'UnknownOperationException:http://internal/' },
      body: '{}',
    };
  }
  const denial = signed.deny(headers as Record<string, string | undefined>);
  return (
    denial && {
      status: 403,
      headers: { 'x-amzn-errortype': `${denial.errorType}:http://internal.amazon.com/` },
      body: JSON.stringify({ message: denial.message }),
    }
  );
}

function serve(accepted: Accepted): void {
  const { options, http2, headers, running } = accepted;
  running.requests.push(containerRequest(headers));
  if (options.isSilent) return;
  const signed = new SignedStream(options.stream, (what) => {
    running.violations.push(what);
  });
  const refusal = refusalOf(accepted, signed);
  if (refusal) {
    http2.respond({ ':status': refusal.status, ...refusal.headers });
    http2.end(refusal.body);
    return;
  }
  new ContainerStream(accepted, signed).begin();
}

/** One stream, as SageMaker carries it between the client and the container. */
class ContainerStream implements ServerConnection {
  readonly script: SpeechScript;
  readonly request: IncomingMessage;
  readonly #accepted: Accepted;
  readonly #signed: SignedStream;
  readonly #protocol: ServerProtocol;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #out: Buffer[] = [];
  #writes = false;
  #ends = false;
  #pieces = 0;
  #messages = 0;
  #isSilent = false;
  #clientText: Buffer[] = [];
  readonly #events: Record<string, string>[] = [];

  constructor(accepted: Accepted, signed: SignedStream) {
    this.script = accepted.script;
    this.request = containerRequest(accepted.headers);
    this.#accepted = accepted;
    this.#signed = signed;
    this.#protocol = accepted.options.container.protocol(this);
    accepted.running.streams.push({ headers: accepted.headers, events: this.#events });
  }

  begin(): void {
    const { http2, options, running } = this.#accepted;
    if (!options.acceptsLate) this.#accept();
    if (options.drains) http2.session?.goaway(0, http2.id, Buffer.from('draining'));
    http2.on('data', (bytes: Buffer) => {
      if (options.pauseMs !== null) this.#pause(options.pauseMs);
      for (const event of this.#signed.push(bytes)) this.#received(event);
    });
    http2.on('end', () => {
      // A stream that was reset ends as well.
      if (http2.destroyed || http2.rstCode !== 0 || http2.aborted) return;
      this.#signed.end();
      running.endings.push(this.#signed.hasEnd);
      this.close();
    });
    http2.on('close', () => {
      for (const timer of this.#timers) clearTimeout(timer);
    });
    this.#protocol.opened?.();
  }

  send(message: object | string | Uint8Array): void {
    if (this.#isSilent) return;
    const isFrame = typeof message === 'string' || message instanceof Uint8Array;
    const data = isFrame ? message : JSON.stringify(message);
    const bytes = Buffer.from(data);
    this.#accepted.wire.push({ from: 'server', data: typeof data === 'string' ? data : bytes });
    const dataType = typeof data === 'string' ? 'UTF8' : 'BINARY';
    for (const { part, state } of this.#parts(bytes)) {
      this.say(
        {
          ':message-type': 'event',
          ':event-type': 'PayloadPart',
          ':content-type': 'application/octet-stream',
          ...(this.#accepted.options.saysDataType && { DataType: dataType }),
          ...(state !== null && { CompletionState: state }),
          P: 'abcdef',
        },
        part,
      );
    }
  }

  close(): void {
    this.#ends = true;
    this.#pump();
  }

  #pause(ms: number): void {
    const { http2 } = this.#accepted;
    http2.pause();
    this.later(ms, () => http2.resume());
  }

  later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  violation(what: string): void {
    this.#accepted.running.violations.push(what);
  }

  heard(pcm: Uint8Array): boolean {
    const { script, options, socket, http2 } = this.#accepted;
    this.#accepted.pcm.push(Buffer.from(pcm));
    this.#messages += 1;
    if (this.#messages === script.cutAfterMessages) {
      this.#isSilent = true;
      socket.destroy();
    } else if (this.#messages === script.freezeAfterMessages) {
      this.#isSilent = true;
    } else if (this.#messages === script.errorAfterMessages) {
      this.#protocol.fail();
      this.#isSilent = true;
    } else if (this.#messages === options.interference?.afterMessages) {
      this.#isSilent = true;
      this.#interfere(options.interference.act, http2);
    }
    return !this.#isSilent;
  }

  /** Not in the middle of what is being sent. */
  #interfere(act: (stream: OpenStream) => void, http2: ServerHttp2Stream): void {
    if (this.#out.length > 0) {
      setImmediate(() => {
        this.#interfere(act, http2);
      });
      return;
    }
    act({
      http2,
      say: (headers, body) => {
        this.say(headers, body);
      },
    });
  }

  say(headers: Record<string, string>, body: string | Uint8Array): void {
    this.#out.push(encodeFrame(headers, Buffer.from(body)));
    this.#pump();
  }

  #accept(): void {
    this.#accepted.http2.respond({
      ':status': 200,
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-invoked-production-variant': 'AllTraffic',
    });
  }

  #parts(bytes: Buffer): { part: Buffer; state: string | null }[] {
    const { partBytes, lastPart } = this.#accepted.options;
    if (partBytes === null) return [{ part: bytes, state: null }];
    const parts: { part: Buffer; state: string | null }[] = [];
    for (let at = 0; at < bytes.length; at += partBytes) {
      parts.push({ part: bytes.subarray(at, at + partBytes), state: 'PARTIAL' });
    }
    if (lastPart === 'empty') parts.push({ part: Buffer.alloc(0), state: 'COMPLETE' });
    else parts.at(-1)!.state = lastPart === 'unmarked' ? null : lastPart;
    return parts;
  }

  /** Writes what is to be sent in pieces that are no frames. */
  #pump(): void {
    if (this.#writes) return;
    const { http2, options } = this.#accepted;
    if (http2.destroyed || http2.writableEnded) return;
    const waiting = Buffer.concat(this.#out.splice(0));
    if (waiting.length > 0) {
      if (!http2.headersSent) this.#accept();
      const size = options.pieceBytes[this.#pieces++ % options.pieceBytes.length]!;
      http2.write(waiting.subarray(0, size));
      if (waiting.length > size) this.#out.push(waiting.subarray(size));
      this.#writes = true;
      setImmediate(() => {
        this.#writes = false;
        this.#pump();
      });
    } else if (this.#ends) {
      http2.end();
    }
  }

  #received({ headers, body }: EventFrame): void {
    this.#events.push(
      Object.fromEntries([...headers].map(([name, value]) => [name, String(value)])),
    );
    const expected = { ':event-type': 'PayloadPart', ':message-type': 'event' };
    for (const [name, value] of Object.entries(expected)) {
      if (headers.get(name) !== value) this.violation(`${name} is ${String(headers.get(name))}`);
    }
    if (headers.get(':content-type') !== 'application/octet-stream') this.violation('content type');
    const dataType = headers.get('DataType') ?? 'BINARY';
    const state = headers.get('CompletionState') ?? 'COMPLETE';
    this.#clientText.push(body);
    if (state === 'PARTIAL') return;
    const whole = Buffer.concat(this.#clientText);
    this.#clientText = [];
    if (dataType === 'UTF8') this.#text(whole.toString('utf8'));
    else if (dataType === 'BINARY') this.#binary(Buffer.from(whole));
    else this.violation(`DataType is ${String(dataType)}`);
  }

  #text(text: string): void {
    this.#accepted.wire.push({ from: 'client', data: text });
    this.#protocol.text(text);
  }

  #binary(bytes: Buffer): void {
    this.#accepted.wire.push({ from: 'client', data: bytes });
    this.#protocol.binary(bytes);
  }
}
