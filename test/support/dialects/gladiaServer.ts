import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type {
  DialectServerKind,
  RunningDialectServer,
  ServerConnection,
  ServerProtocol,
} from './dialectServer.ts';

const flag = z.boolean().optional();

const configuration = z.strictObject({
  encoding: z.literal('wav/pcm').default('wav/pcm'),
  bit_depth: z.literal(16).default(16),
  sample_rate: z.literal(16_000).default(16_000),
  channels: z.literal(1).default(1),
  model: z.string().startsWith('solaria-').optional(),
  endpointing: z.number().min(0.01).max(10).optional(),
  language_config: z
    .strictObject({ languages: z.array(z.string().length(2)), code_switching: flag })
    .optional(),
  messages_config: z
    .strictObject({
      receive_partial_transcripts: flag,
      receive_final_transcripts: flag,
      receive_speech_events: flag,
      receive_acknowledgments: flag,
      receive_errors: flag,
      receive_lifecycle_events: flag,
    })
    .default({}),
});

type Configuration = z.infer<typeof configuration>;

const clientMessage = z.union([
  z.strictObject({ type: z.literal('stop_recording') }),
  z.strictObject({
    type: z.literal('audio_chunk'),
    data: z.strictObject({ chunk: z.base64() }),
  }),
]);

const path = '/v2/live';
const bytesPerSecond = 32_000;
const largestFrameBytes = 1024 * 1024;
const wordsPerUtterance = 3;
const wordSeconds = 0.1;

/** What a token stands for: a session that a request opened. */
interface Opened {
  apiKey: string | null;
  configuration: Configuration;
}

const sessions = new Map<string, Opened>();

function sessionOf({ url }: IncomingMessage): Opened | null {
  return sessions.get(new URL(url ?? '/', 'ws://host').searchParams.get('token') ?? '') ?? null;
}

class GladiaProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #words: SpokenWords;
  readonly #sends: Configuration['messages_config'];
  #bytes = 0;
  #stopped = false;
  #utterances = 0;
  #finalWords = 0;

  constructor(connection: ServerConnection) {
    this.#connection = connection;
    this.#words = new SpokenWords(connection.script);
    const session = sessionOf(connection.request);
    if (!session) connection.violation('a token that no request was answered with');
    this.#sends = session?.configuration.messages_config ?? {};
  }

  opened(): void {
    this.#lifecycle('start_recording');
  }

  text(text: string): void {
    const parsed = clientMessage.safeParse(jsonIn(text));
    if (!parsed.success) this.#connection.violation(`not a message: ${text}`);
    else if (parsed.data.type === 'stop_recording') this.#stop();
    else this.binary(Buffer.from(parsed.data.data.chunk, 'base64'));
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#stopped) connection.violation('audio after the end of the recording');
    if (bytes.length === 0) connection.violation('an empty audio message');
    if (bytes.length % 2 !== 0) connection.violation('half a sample');
    if (bytes.length > largestFrameBytes) connection.violation(`a frame of ${bytes.length} bytes`);
    if (!connection.heard(bytes)) return;
    const from = this.#bytes;
    this.#bytes += bytes.length;
    this.#acknowledge('audio_chunk', {
      byte_range: [from, this.#bytes],
      time_range: [from / bytesPerSecond, this.#bytes / bytesPerSecond],
    });
    if (this.#words.advance()) this.#heardWord();
  }

  fail(): void {
    this.#send('error', { error: { message: 'Transcription failed' } });
    this.#connection.close(4500, 'Transcription failed');
  }

  #heardWord(): void {
    const words = this.#words.words.slice(this.#finalWords);
    if (words.length === 1) this.#speech('speech_start');
    this.#transcript(guessed(words), false);
    if (words.length < wordsPerUtterance) return;
    this.#speech('speech_end');
    this.#final(words);
  }

  #stop(): void {
    if (this.#stopped) this.#connection.violation('the recording stopped twice');
    this.#stopped = true;
    const recording_duration = this.#bytes / bytesPerSecond;
    this.#acknowledge('stop_recording', { recording_duration, recording_left_to_process: 0.1 });
    if (this.#sends.receive_lifecycle_events) {
      this.#send('end_recording', { data: { recording_duration } });
    }
    if (this.#connection.script.neverDone) return;
    const left = this.#words.finish().slice(this.#finalWords);
    if (left.length > 0) this.#final(left);
    this.#send('post_final_transcript', { data: { metadata: {} } });
    this.#lifecycle('end_session');
    this.#connection.close(1000);
  }

  #final(words: readonly string[]): void {
    this.#transcript(words, true);
    this.#utterances += 1;
    this.#finalWords += words.length;
  }

  #transcript(heard: readonly string[], is_final: boolean): void {
    if (!is_final && !this.#sends.receive_partial_transcripts) return;
    const words = heard.map((word, at) => {
      const start = (this.#finalWords + at) * wordSeconds;
      return { word: at === 0 ? word : ` ${word}`, start, end: start + wordSeconds };
    });
    const { start } = words[0]!;
    const { end } = words.at(-1)!;
    const utterance = { text: heard.join(' '), language: 'en', channel: 0, start, end, words };
    const id = `00_${String(this.#utterances).padStart(8, '0')}`;
    this.#send('transcript', { data: { id, is_final, utterance } });
  }

  #speech(type: string): void {
    if (!this.#sends.receive_speech_events) return;
    this.#send(type, { data: { time: this.#finalWords * wordSeconds, channel: 0 } });
  }

  #acknowledge(type: string, data: object): void {
    if (!this.#sends.receive_acknowledgments) return;
    this.#send(type, { acknowledged: true, error: null, data });
  }

  #lifecycle(type: string): void {
    if (this.#sends.receive_lifecycle_events) this.#send(type, {});
  }

  #send(type: string, fields: object): void {
    const created_at = '2026-11-26T08:00:00.000Z';
    this.#connection.send({ session_id: '45463597', created_at, type, ...fields });
  }
}

/** The last word is not heard to its end yet. */
function guessed(words: readonly string[]): string[] {
  return words.map((word, at) => (at === words.length - 1 ? word.slice(0, -1) : word));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const sessionRequests = new WeakMap<RunningDialectServer, unknown[]>();

/** Bodies of the requests that opened sessions. */
export function gladiaSessionRequests(server: RunningDialectServer): readonly unknown[] {
  return sessionRequests.get(server) ?? [];
}

function openSession(
  { headers }: IncomingMessage,
  response: ServerResponse,
  server: RunningDialectServer,
  body: unknown,
): void {
  const { script, violations } = server;
  sessionRequests.set(server, [...gladiaSessionRequests(server), body]);
  const key = headers['x-gladia-key'];
  const apiKey = typeof key === 'string' ? key : null;
  if (script.apiKey !== null && apiKey !== script.apiKey) {
    answer(response, 401, { statusCode: 401, message: 'gladia key not found' });
    return;
  }
  const parsed = configuration.safeParse(body);
  if (!parsed.success) {
    violations.push(`a session of ${JSON.stringify(body)}`);
    answer(response, 422, { statusCode: 422, message: 'Invalid parameter(s)' });
    return;
  }
  const token = randomUUID();
  sessions.set(token, { apiKey, configuration: parsed.data });
  const url = `${server.url}${path}?token=${token}`;
  answer(response, 201, { id: randomUUID(), created_at: '2026-11-26T08:00:00.000Z', url });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Gladia's live API: a request opens a session, a WebSocket at the returned address speaks it. */
export const gladiaServer: DialectServerKind = {
  dialect: 'gladia',
  paths: [path],
  keyOf: (request) => sessionOf(request)?.apiKey ?? null,
  http(request, response, server) {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    if (request.method !== 'POST' || pathname !== path) return false;
    if (!request.headers['content-type']?.startsWith('application/json')) {
      server.violations.push('a session asked for with something other than JSON');
    }
    void json(request)
      .catch(() => null)
      .then((body) => {
        openSession(request, response, server, body);
      });
    return true;
  },
  protocol: (connection) => new GladiaProtocol(connection),
};
