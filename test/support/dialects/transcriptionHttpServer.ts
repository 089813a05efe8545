import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { defaultSpeechScript } from './dialectServer.ts';
import type { RunningDialectServer, SpeechScript, WireFrame } from './dialectServer.ts';
import { MultipartReader } from './multipartReader.ts';
import type { FormPart } from './multipartReader.ts';
import { transcriptionAnswer, type Answering } from './transcriptionHttpAnswer.ts';
import { UploadedWav } from './uploadedWav.ts';

const path = '/v1/audio/transcriptions';
const sampleRateHz = 16_000;

/** Which server it is, and the liberties it takes. */
export interface TranscriptionHttpKind {
  /** Fields that the server knows, beside the file. */
  fields: ReadonlySet<string>;
  answer: Answering;
  /** Answers with this status and body where there is no audio yet, and reads no more. */
  refusal?: { status: number; body: string; headers?: Record<string, string> };
  /** Reads no more after so many pieces of audio, and keeps the connection. */
  readsPieces?: number;
  /** Waits so long before it reads on. */
  pauseMs?: number;
}

const commonFields = ['model', 'language', 'prompt', 'response_format', 'temperature', 'stream'];
const times = 'timestamp_granularities[]';

export const vllmFields = new Set([
  ...commonFields,
  ...[times, 'hotwords', 'seed', 'top_p', 'top_k', 'min_p', 'max_completion_tokens', 'vllm_xargs'],
  ...['stream_include_usage', 'stream_continuous_usage_stats'],
]);
export const sglangFields = new Set([...commonFields, times]);
export const openaiFields = new Set([
  ...commonFields,
  ...[times, 'include[]', 'chunking_strategy', 'keywords[]', 'languages[]'],
]);

/** Starts a server of `POST /v1/audio/transcriptions` that notes every breach by its clients. */
export async function startTranscriptionHttpServer(
  kind: TranscriptionHttpKind,
  overrides: Partial<SpeechScript> = {},
): Promise<RunningDialectServer> {
  const script = { ...defaultSpeechScript, ...overrides };
  const server = createServer();
  const sockets = new Set<Socket>();
  const heard: Buffer[][] = [];
  const running: Omit<RunningDialectServer, 'url' | 'close'> = {
    script,
    violations: [],
    wire: [],
    requests: [],
    pcm: (connection = 0) => Buffer.concat(heard[connection] ?? []),
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {
      // A client may cut its connection at any time.
    });
  });
  server.on('request', (request, response) => {
    running.requests.push(request);
    const pcm: Buffer[] = [];
    const wire: WireFrame[] = [];
    heard.push(pcm);
    running.wire.push(wire);
    const upload = { kind, script, request, response, pcm, wire, violations: running.violations };
    if (!refused(upload)) new Upload(upload).read();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    ...running,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface UploadOptions {
  kind: TranscriptionHttpKind;
  script: SpeechScript;
  request: IncomingMessage;
  response: ServerResponse;
  pcm: Buffer[];
  wire: WireFrame[];
  violations: string[];
}

function errorBody(message: string, code: number): string {
  return JSON.stringify({ error: { message, type: 'BadRequestError', param: null, code } });
}

/** Whether the request was turned away before its body was read. */
function refused({ kind, script, request, response }: UploadOptions): boolean {
  const say = (status: number, body: string, headers?: Record<string, string>): true => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
    return true;
  };
  const { refusal } = kind;
  if (refusal) return say(refusal.status, refusal.body, refusal.headers);
  if (script.refuseStatus !== null) return say(script.refuseStatus, errorBody('No.', 0));
  const { pathname } = new URL(request.url ?? '/', 'http://host');
  if (pathname !== path) return say(404, '{"detail":"Not Found"}');
  if (request.method !== 'POST') return say(405, '{"detail":"Method Not Allowed"}');
  const key = request.headers.authorization?.replace(/^Bearer /, '');
  if (script.apiKey === null || key === script.apiKey) return false;
  return say(401, errorBody('Unauthorized', 401));
}

/** One request whose body is read. */
class Upload {
  readonly #options: UploadOptions;
  readonly #wav: UploadedWav;
  readonly #fields = new Map<string, string[]>();
  #part: FormPart | null = null;
  #value = '';
  #hasFile = false;
  #messages = 0;
  #isSilent = false;
  #failsLater = false;

  constructor(options: UploadOptions) {
    this.#options = options;
    this.#wav = new UploadedWav(sampleRateHz, (what) => {
      this.#violation(what);
    });
  }

  read(): void {
    const { request } = this.#options;
    const type = request.headers['content-type'] ?? '';
    const boundary = /^multipart\/form-data; boundary="?([\w-]{1,70})"?$/.exec(type)?.[1];
    if (boundary === undefined) {
      this.#reject(`the content type is "${type}"`);
      return;
    }
    const reader = new MultipartReader(boundary, {
      part: (part) => {
        this.#begin(part);
      },
      data: (bytes) => {
        this.#data(bytes);
      },
      partEnd: () => {
        this.#end();
      },
      violation: (what) => {
        this.#violation(what);
      },
    });
    request.on('data', (bytes: Buffer) => {
      this.#readSlowly();
      reader.push(bytes);
    });
    request.on('end', () => {
      reader.end();
      this.#complete();
    });
    request.on('error', () => {
      // A client may cut its connection at any time.
    });
  }

  #readSlowly(): void {
    const { kind, request } = this.#options;
    const stops = this.#messages === kind.readsPieces;
    if (stops || kind.pauseMs !== undefined) request.pause();
    if (!stops && kind.pauseMs !== undefined) {
      setTimeout(() => {
        request.resume();
      }, kind.pauseMs);
    }
  }

  #begin(part: FormPart): void {
    this.#part = part;
    this.#value = '';
    const { name, fileName } = part;
    if (name !== 'file') {
      if (!this.#options.kind.fields.has(name)) this.#violation(`a field "${name}"`);
      if (fileName !== null) this.#violation(`the field "${name}" is a file`);
      if (this.#fields.has(name) && !name.endsWith('[]')) this.#violation(`"${name}" twice`);
    } else {
      if (fileName === null) this.#violation('the file is no file');
      if (this.#hasFile) this.#violation('two files');
      this.#hasFile = true;
    }
  }

  #data(bytes: Buffer): void {
    if (this.#part?.name !== 'file') {
      this.#value += bytes.toString('utf8');
      return;
    }
    const pcm = this.#wav.push(bytes);
    if (pcm.length > 0) this.#heard(pcm);
  }

  #heard(pcm: Buffer): void {
    const { script, wire, request } = this.#options;
    this.#options.pcm.push(Buffer.from(pcm));
    wire.push({ from: 'client', data: Buffer.from(pcm) });
    this.#messages += 1;
    if (this.#messages === script.cutAfterMessages) request.socket.destroy();
    if (this.#messages === script.freezeAfterMessages) this.#isSilent = true;
    if (this.#messages === script.errorAfterMessages) this.#failsLater = true;
  }

  #end(): void {
    const { name = '' } = this.#part ?? {};
    if (name === 'file') {
      this.#wav.end();
      return;
    }
    this.#fields.set(name, [...(this.#fields.get(name) ?? []), this.#value]);
    const data = JSON.stringify({ [name]: this.#value });
    this.#options.wire.push({ from: 'client', data });
  }

  #complete(): void {
    if (!this.#hasFile) this.#violation('no file');
    const problem = problemWith(this.#fields);
    if (problem !== null) {
      this.#reject(problem);
      return;
    }
    if (this.#isSilent) return;
    const { kind, script, response } = this.#options;
    transcriptionAnswer(kind.answer, {
      script,
      response,
      isStream: this.#fields.get('stream')?.[0] === 'true',
      wantsUsage: this.#fields.get('stream_include_usage')?.[0] === 'true',
      isVerbose: this.#fields.get('response_format')?.[0] === 'verbose_json',
      wantsWords: this.#fields.get(times)?.includes('word') === true,
      fails: this.#failsLater,
    });
  }

  #reject(what: string): void {
    this.#violation(what);
    const headers = { 'Content-Type': 'application/json' };
    this.#options.response.writeHead(400, headers).end(errorBody(what, 400));
  }

  #violation(what: string): void {
    this.#options.violations.push(what);
  }
}

/** What the server would refuse the fields for; null where it would not. */
function problemWith(fields: ReadonlyMap<string, readonly string[]>): string | null {
  const first = (name: string): string | undefined => fields.get(name)?.[0];
  const format = first('response_format') ?? 'json';
  const isStream = first('stream') === 'true';
  const checks: [boolean, string][] = [
    [(first('model') ?? '') === '', 'no model'],
    [!/^(true|false)$/.test(first('stream') ?? 'true'), 'stream is no boolean'],
    [!/^[a-z]{2}$/.test(first('language') ?? 'en'), 'language is no ISO code'],
    [!(Number(first('temperature') ?? '0') >= 0), 'temperature is no number'],
    [!/^(json|text|verbose_json|diarized_json)$/.test(format), `response_format "${format}"`],
    [isStream && format === 'verbose_json', 'verbose_json cannot be streamed'],
    [fields.has(times) && format !== 'verbose_json', `${times} without verbose_json`],
    [!isStream && fields.has('stream_include_usage'), 'stream_include_usage without stream'],
  ];
  return checks.find(([isWrong]) => isWrong)?.[1] ?? null;
}
