import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';
import { guessedWords } from './guessedWords.ts';
import { jsonIn } from './jsonIn.ts';

export interface SglangOmniManner {
  /** Its model declares turn detection, which is then on unless told otherwise. */
  modelHasVad: boolean;
  /** With turn detection: it ends a turn after so many audio messages. */
  messagesPerTurn: number;
  /** Segments, counted from 0, whose last decoding fails. */
  failing: number[];
  /** Times of segments came with a later version. */
  tellsTimes: boolean;
  /** Its model can transcribe live. */
  transcribes: boolean;
  /** What it does that none should do. */
  breach: 'second final' | 'text after final' | 'no final' | 'decreasing index' | null;
}

const usual: SglangOmniManner = {
  modelHasVad: true,
  messagesPerTurn: 3,
  failing: [],
  tellsTimes: true,
  transcribes: true,
  breach: null,
};

const turnDetection = z.strictObject({
  type: z.enum(['server_vad', 'semantic_vad']).default('server_vad'),
  threshold: z.number().optional(),
  prefix_padding_ms: z.int().optional(),
  silence_duration_ms: z.int().optional(),
});

type TurnDetection = z.infer<typeof turnDetection>;

const update = z.strictObject({
  language: z.string().nullish(),
  turn_detection: turnDetection.nullish(),
  input_audio_format: z.literal('pcm16').nullish(),
});

const clientEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session.update'), session: update }),
  z.strictObject({ type: z.literal('input_audio_buffer.append'), audio: z.base64() }),
  z.strictObject({ type: z.literal('input_audio_buffer.commit') }),
  z.strictObject({ type: z.literal('transcription.done') }),
]);

const bytesPerMs = 32;
const frameMs = 32;

class SglangOmniProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: SglangOmniManner;
  readonly #spoken: SpokenWords;
  readonly #session: { turn_detection: TurnDetection | null } & Record<string, unknown>;
  #events = 0;
  #isDone = false;
  #totalMs = 0;
  #segments = 0;
  #segmentStartMs: number | null = null;
  #segmentMessages = 0;
  #usedWords = 0;
  readonly #finals: string[] = [];

  constructor(connection: ServerConnection, manner: SglangOmniManner) {
    this.#connection = connection;
    this.#manner = manner;
    this.#spoken = new SpokenWords(connection.script);
    this.#session = {
      id: 'sess_1',
      object: 'realtime.session',
      model: 'qwen3-asr',
      intent: 'transcription',
      input_audio_format: 'pcm16',
      language: null,
      decode_interval_ms: 2000,
      turn_detection: manner.modelHasVad ? { type: 'server_vad' } : null,
    };
  }

  opened(): void {
    const { searchParams } = new URL(this.#connection.request.url ?? '', 'ws://host');
    if (searchParams.get('intent') !== 'transcription') {
      this.#connection.violation('a conversation, not a transcription');
    }
    if (!this.#manner.transcribes) {
      const what = 'This pipeline does not support realtime transcription.';
      this.#error('invalid_request_error', 'unsupported_realtime_intent', what);
      this.#connection.close(1008);
      return;
    }
    this.#send({ type: 'session.created', session: this.#session });
  }

  text(text: string): void {
    const parsed = clientEvent.safeParse(jsonIn(text));
    if (!parsed.success) this.#wrong('invalid_event', z.prettifyError(parsed.error));
    else if (this.#isDone) this.#wrong('input_already_done', `${parsed.data.type} after the end`);
    else this.#act(parsed.data);
  }

  binary(): void {
    this.#wrong('invalid_json', 'a binary frame');
  }

  fail(): void {
    this.#error('server_error', 'internal_error', 'Internal error while handling audio.');
  }

  #act(event: z.infer<typeof clientEvent>): void {
    switch (event.type) {
      case 'session.update':
        this.#update(event.session);
        return;
      case 'input_audio_buffer.append':
        this.#append(Buffer.from(event.audio, 'base64'));
        return;
      case 'input_audio_buffer.commit':
        this.#spoken.finish();
        this.#finishSegment();
        return;
      case 'transcription.done':
        this.#end();
    }
  }

  #update(changes: z.infer<typeof update>): void {
    const problem = this.#problemOf(changes.turn_detection ?? null);
    if (this.#totalMs > 0) this.#wrong('session_active', 'session.update after audio');
    else if (problem !== null) this.#error('invalid_request_error', problem, 'Not so.');
    else {
      Object.assign(this.#session, changes);
      // Late enough for audio that does not wait to be noticed.
      this.#connection.later(20, () => {
        this.#send({ type: 'session.updated', session: this.#session });
      });
    }
  }

  #problemOf(vad: TurnDetection | null): string | null {
    if (vad === null) return null;
    const { prefix_padding_ms: padding = 300, silence_duration_ms: silence = 500 } = vad;
    if (vad.type !== 'server_vad' || !this.#manner.modelHasVad) return 'unsupported_turn_detection';
    return padding + frameMs > silence ? 'invalid_turn_detection' : null;
  }

  #append(pcm: Buffer): void {
    if (pcm.length === 0 || pcm.length % 2 === 1) {
      this.#wrong('invalid_audio', `${pcm.length} bytes of audio`);
    }
    if (!this.#connection.heard(pcm)) return;
    if (this.#segmentStartMs === null) this.#startSegment();
    this.#totalMs += pcm.length / bytesPerMs;
    this.#segmentMessages += 1;
    if (this.#spoken.advance()) this.#tell(guessedWords(this.#words).join(' '), false);
    const hasVad = this.#session.turn_detection !== null;
    if (hasVad && this.#segmentMessages === this.#manner.messagesPerTurn) {
      this.#send({
        type: 'input_audio_buffer.speech_stopped',
        audio_end_ms: this.#totalMs,
        segment_id: this.#segments,
      });
      this.#finishSegment();
    }
  }

  #startSegment(): void {
    this.#segmentStartMs = this.#totalMs;
    if (this.#session.turn_detection === null) return;
    this.#send({
      type: 'input_audio_buffer.speech_started',
      audio_start_ms: this.#totalMs,
      segment_id: this.#segments,
    });
  }

  #finishSegment(): void {
    if (this.#segmentStartMs === null) return;
    this.#send({ type: 'input_audio_buffer.committed', segment_id: this.#segments });
    const text = this.#words.join(' ');
    if (this.#manner.failing.includes(this.#segments)) {
      this.#error('server_error', 'transcription_failed', 'CUDA error');
    } else {
      this.#tell(text, this.#manner.breach !== 'no final');
      this.#finals.push(text);
      if (this.#manner.breach === 'second final') this.#tell(`${text} twice`, true);
      if (this.#manner.breach === 'text after final') this.#tell(`${text} late`, false);
    }
    this.#segments += 1;
    this.#segmentStartMs = null;
    this.#segmentMessages = 0;
    this.#usedWords = this.#spoken.words.length;
  }

  /** Audio outside a turn is dropped where turn detection is on. */
  #end(): void {
    this.#isDone = true;
    if (this.#segmentStartMs !== null) this.#spoken.finish();
    this.#finishSegment();
    if (this.#connection.script.neverDone) return;
    const text = this.#finals.filter((each) => each !== '').join(' ');
    this.#send({ type: 'transcription.completed', text });
  }

  /** Of this segment. */
  get #words(): string[] {
    return this.#spoken.words.slice(this.#usedWords);
  }

  #tell(text: string, is_final: boolean): void {
    const times = { audio_start_ms: this.#segmentStartMs, audio_end_ms: this.#totalMs };
    this.#send({
      type: 'transcription.segment',
      segment_id: this.#segments,
      ...(this.#manner.tellsTimes ? times : {}),
      text,
      is_final,
    });
  }

  #wrong(code: string, what: string): void {
    this.#connection.violation(what);
    this.#error('invalid_request_error', code, what);
  }

  #error(type: string, code: string, message: string): void {
    this.#send({ type: 'error', error: { type, code, message } });
  }

  #send(event: object): void {
    this.#events += 1;
    const event_id = `evt_${this.#events}`;
    const isFalling = this.#manner.breach === 'decreasing index';
    const event_index = isFalling ? 1_000 - this.#events : this.#events;
    this.#connection.send({ ...event, event_id, event_index });
  }
}

export function sglangOmniServerThat(manner: Partial<SglangOmniManner>): DialectServerKind {
  return {
    dialect: 'sglang-omni',
    paths: ['/v1/realtime'],
    protocol: (connection) => new SglangOmniProtocol(connection, { ...usual, ...manner }),
  };
}

/** SGLang-Omni's realtime transcription. */
export const sglangOmniServer = sglangOmniServerThat({});
