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

const audioFormat = z.union([
  z.strictObject({
    type: z.literal('raw'),
    encoding: z.enum(['pcm_s16le', 'pcm_f32le', 'mulaw']),
    sample_rate: z.int().positive(),
  }),
  z.strictObject({ type: z.literal('file') }),
]);

const startRecognition = z.strictObject({
  message: z.literal('StartRecognition'),
  audio_format: audioFormat,
  transcription_config: z.strictObject({
    language: z.string().regex(/^[a-z]{2,3}(_[a-z]+)?$/),
    model: z.enum(['standard', 'enhanced', 'melia-1']).optional(),
    operating_point: z.enum(['standard', 'enhanced']).optional(),
    enable_partials: z.boolean().optional(),
    max_delay: z.number().min(0.7).max(20).optional(),
    diarization: z.enum(['none', 'speaker']).optional(),
    conversation_config: z
      .strictObject({ end_of_utterance_silence_trigger: z.number().min(0).max(2) })
      .optional(),
  }),
});

const endOfStream = z.strictObject({
  message: z.literal('EndOfStream'),
  last_seq_no: z.int().nonnegative(),
});

const tokenRequest = z.strictObject({
  ttl: z.int().min(60).max(86_400),
  region: z.enum(['eu', 'usa', 'au']).optional(),
});

/** A further final after so many words. */
const wordsPerFinal = 2;
const wordSeconds = 0.1;

type State = 'waiting' | 'starting' | 'listening' | 'ended';

class SpeechmaticsProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #words: SpokenWords;
  #state: State = 'waiting';
  #audioMessages = 0;
  #finalWords = 0;

  constructor(connection: ServerConnection) {
    this.#connection = connection;
    this.#words = new SpokenWords(connection.script);
  }

  text(text: string): void {
    if (this.#state === 'waiting') this.#start(text);
    else if (this.#state === 'listening') this.#endOfStream(text);
    else this.#connection.violation(`a message while ${this.#state}: ${text}`);
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#state !== 'listening') connection.violation(`audio while ${this.#state}`);
    if (bytes.length === 0) connection.violation('an empty audio message');
    if (bytes.length % 2 !== 0) connection.violation('half a sample');
    if (!connection.heard(bytes)) return;
    this.#audioMessages += 1;
    connection.send({ message: 'AudioAdded', seq_no: this.#audioMessages });
    if (this.#audioMessages === 1) this.#transcript('AddTranscript', []);
    if (!this.#words.advance()) return;
    const { words } = this.#words;
    this.#transcript('AddPartialTranscript', guessed(words.slice(this.#finalWords)));
    if (words.length - this.#finalWords < wordsPerFinal) return;
    this.#final(words.slice(this.#finalWords));
  }

  fail(): void {
    const reason = 'The recogniser went away.';
    this.#connection.send({ message: 'Error', type: 'job_error', reason, code: 4013 });
    this.#connection.close(4013, 'job_error');
  }

  #start(text: string): void {
    const parsed = startRecognition.safeParse(jsonIn(text));
    if (!parsed.success) this.#connection.violation(`not a StartRecognition: ${text}`);
    this.#state = 'starting';
    // Late enough for audio that does not wait to be noticed.
    this.#connection.later(20, () => {
      this.#state = 'listening';
      const language_pack_info = { word_delimiter: ' ', writing_direction: 'left-to-right' };
      this.#connection.send({ message: 'RecognitionStarted', id: '807670e9', language_pack_info });
      const quality = { type: 'recognition_quality', quality: 'broadcast', reason: 'Running.' };
      this.#connection.send({ message: 'Info', ...quality });
    });
  }

  #endOfStream(text: string): void {
    const parsed = endOfStream.safeParse(jsonIn(text));
    const last = parsed.data?.last_seq_no ?? 0;
    if (!parsed.success) this.#connection.violation(`not an EndOfStream: ${text}`);
    else if (last === 0 || last > this.#audioMessages) {
      this.#connection.violation(`last_seq_no ${last} after ${this.#audioMessages} messages`);
    }
    this.#state = 'ended';
    if (this.#connection.script.neverDone) return;
    const left = this.#words.finish().slice(this.#finalWords);
    if (left.length > 0) this.#final(left);
    // Heard, and taken back.
    this.#transcript('AddPartialTranscript', ['uh']);
    this.#transcript('AddTranscript', []);
    this.#connection.send({ message: 'EndOfTranscript' });
  }

  #final(words: readonly string[]): void {
    this.#transcript('AddTranscript', words);
    this.#finalWords += words.length;
    const end_time = this.#finalWords * wordSeconds;
    this.#connection.send({ message: 'EndOfUtterance', metadata: { start_time: 0, end_time } });
  }

  #transcript(message: string, words: readonly string[]): void {
    const results = words.map((content, at) => {
      const start_time = (this.#finalWords + at) * wordSeconds;
      const end_time = start_time + wordSeconds;
      return { type: 'word', start_time, end_time, alternatives: [{ content, confidence: 0.9 }] };
    });
    const start_time = this.#finalWords * wordSeconds;
    const end_time = start_time + words.length * wordSeconds;
    const transcript = message === 'AddTranscript' ? words.map(spaced).join('') : words.join(' ');
    const metadata = { start_time, end_time, transcript };
    this.#connection.send({ message, format: '2.9', metadata, results });
  }
}

function spaced(word: string): string {
  return `${word} `;
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

function temporaryKeyFor(apiKey: string): string {
  return `eyJhbGciOiJub25lIn0.${Buffer.from(apiKey).toString('base64url')}.signature`;
}

/** The key that a temporary one was made for, or the key itself in a header. */
function keyOf({ url, headers }: IncomingMessage): string | null {
  const jwt = new URL(url ?? '/', 'ws://host').searchParams.get('jwt');
  if (jwt !== null) return Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8');
  return headers.authorization?.replace(/^Bearer /, '') ?? null;
}

async function makeTemporaryKey(
  request: IncomingMessage,
  response: ServerResponse,
  { script, violations }: RunningDialectServer,
): Promise<void> {
  const body = await json(request).catch(() => null);
  if (!tokenRequest.safeParse(body).success) violations.push(`key for ${JSON.stringify(body)}`);
  if (!request.headers['content-type']?.startsWith('application/json')) {
    violations.push('a key asked for with something other than JSON');
  }
  const apiKey = keyOf(request);
  const allowed = apiKey !== null && (script.apiKey === null || apiKey === script.apiKey);
  response.writeHead(allowed ? 201 : 403, { 'Content-Type': 'application/json' });
  const answer = allowed
    ? { apikey_id: null, client_ref: null, key_value: temporaryKeyFor(apiKey) }
    : { code: 'forbidden', message: 'Not allowed' };
  response.end(JSON.stringify(answer));
}

/** Speechmatics' realtime server with the service that makes temporary keys. */
export const speechmaticsServer: DialectServerKind = {
  dialect: 'speechmatics',
  paths: ['/v2'],
  keyOf,
  http(request, response, server) {
    if (request.method !== 'POST' || request.url !== '/v1/api_keys?type=rt') return false;
    void makeTemporaryKey(request, response, server);
    return true;
  },
  protocol: (connection) => new SpeechmaticsProtocol(connection),
};
