import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';
import { jsonIn } from './jsonIn.ts';

export interface SglangRealtimeManner {
  /** The merged form, or the revision before it, whose configuration has another shape. */
  revision: 'merged' | 'older';
  /** Holds the last words back until the commit. */
  heldBackWords: number;
  /** Fails while it transcribes what was committed. */
  failsAtCommit: boolean;
  /** Fails while audio comes, and closes. */
  failsAtMessage: number | null;
  /** Takes so much audio in one item, then closes with 1009. */
  mostSeconds: number;
  /** So many commits come while audio does, each for an item of its own. */
  earlyCommits: number;
  /** Milliseconds from a commit to its answer. */
  answerMs: number;
  /** Accepts the connection and refuses the session. */
  isFull: boolean;
}

const usual: SglangRealtimeManner = {
  revision: 'merged',
  heldBackWords: 1,
  failsAtCommit: false,
  failsAtMessage: null,
  mostSeconds: 60,
  earlyCommits: 0,
  answerMs: 0,
  isFull: false,
};

const servedModel = 'qwen3-asr';
const eventId = z.string().optional();

const transcriptionConfig = z.strictObject({
  model: z.string().nullish(),
  language: z.string().length(2).nullish(),
});

function sessionWith<Format extends z.ZodRawShape>(format: Format) {
  return z.strictObject({
    type: z.literal('transcription').optional(),
    audio: z.strictObject({
      input: z.strictObject({
        ...format,
        transcription: transcriptionConfig.nullish(),
        turn_detection: z.null().optional(),
        noise_reduction: z.null().optional(),
      }),
    }),
  });
}

const rate = z.literal([16_000, 24_000, 48_000]);

const sessions = {
  merged: sessionWith({
    format: z.strictObject({ type: z.literal('audio/pcm'), rate: rate.optional() }),
  }),
  older: sessionWith({ format: z.literal('audio/pcm'), sample_rate: rate.optional() }),
};

const clientEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('session.update'),
    event_id: eventId,
    session: z.looseObject({}),
  }),
  z.strictObject({
    type: z.literal('input_audio_buffer.append'),
    event_id: eventId,
    audio: z.base64().min(1),
  }),
  z.strictObject({ type: z.literal('input_audio_buffer.commit'), event_id: eventId }),
]);

const transcription = 'conversation.item.input_audio_transcription';

interface CommittedItem {
  id: string;
  /** How many items there were before. */
  before: number;
  words: string[];
  /** How many of them were told as deltas. */
  told: number;
}

class SglangRealtimeProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: SglangRealtimeManner;
  readonly #spoken: SpokenWords;
  #rateHz: number | null = null;
  #messages = 0;
  #seconds = 0;
  #items = 0;
  /** Words that went into items before, and those of this item that were said as deltas. */
  #usedWords = 0;
  #told = 0;

  constructor(connection: ServerConnection, manner: SglangRealtimeManner) {
    this.#connection = connection;
    this.#manner = manner;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    if (this.#manner.isFull) {
      this.#error('too_many_sessions', 'Maximum concurrent sessions reached (32).');
      this.#connection.close(1000);
      return;
    }
    this.#send({ type: 'session.created', session: this.#session(24_000, null, null) });
  }

  text(text: string): void {
    const parsed = clientEvent.safeParse(jsonIn(text));
    if (!parsed.success) {
      this.#wrong('invalid_value', z.prettifyError(parsed.error));
      return;
    }
    const event = parsed.data;
    if (event.type === 'session.update') this.#configure(event.session);
    else if (this.#rateHz === null) this.#wrong('invalid_state', `${event.type} too early`);
    else if (event.type === 'input_audio_buffer.append') {
      this.#append(Buffer.from(event.audio, 'base64'), this.#rateHz);
    } else this.#commit();
  }

  binary(): void {
    this.#wrong('invalid_payload', 'Binary frames are not supported');
  }

  fail(): void {
    this.#error('inference_failed', 'Transcription failed');
    this.#connection.close(1011);
  }

  /** A shape of another revision is no breach: the client cannot know. */
  #configure(session: object): void {
    const parsed = sessions[this.#manner.revision].safeParse(session);
    const another = this.#manner.revision === 'merged' ? 'older' : 'merged';
    if (!parsed.success) {
      if (sessions[another].safeParse(session).success) {
        this.#error('invalid_value', 'Input should be valid', 'session.audio.input.format');
      } else this.#wrong('not_supported', z.prettifyError(parsed.error));
      return;
    }
    const { input } = parsed.data.audio;
    const { model = null, language = null } = input.transcription ?? {};
    if (model !== null && model !== servedModel) {
      this.#error('not_supported', `Model '${model}' is not served by this endpoint`);
      return;
    }
    const asked = 'sample_rate' in input ? input.sample_rate : rateIn(input.format);
    // Late enough for audio that does not wait to be noticed.
    this.#connection.later(20, () => {
      this.#rateHz = asked ?? 24_000;
      const answer = this.#session(this.#rateHz, model, language);
      this.#send({ type: 'session.updated', session: answer });
    });
  }

  #session(rateHz: number, model: string | null, language: string | null): object {
    const input = {
      format: { type: 'audio/pcm', rate: rateHz },
      transcription: { model, language },
      noise_reduction: null,
      turn_detection: null,
    };
    const object = 'realtime.transcription_session';
    return { type: 'transcription', audio: { input }, include: null, id: 'sess_1', object };
  }

  #append(pcm: Buffer, rateHz: number): void {
    if (pcm.length % 2 === 1) this.#wrong('invalid_audio_format', `${pcm.length} bytes of audio`);
    if (!this.#connection.heard(pcm)) return;
    this.#messages += 1;
    this.#seconds += pcm.length / 2 / rateHz;
    if (this.#seconds > this.#manner.mostSeconds) {
      this.#error('buffer_overflow', `Accumulated audio exceeded ${this.#manner.mostSeconds}s`);
      this.#connection.close(1009);
    } else if (this.#messages === this.#manner.failsAtMessage) {
      this.fail();
    } else if (this.#spoken.advance()) {
      this.#tell(this.#words.length - this.#manner.heldBackWords);
    }
  }

  #commit(): void {
    if (this.#messages === 0) {
      this.#wrong('invalid_state', 'Cannot commit an empty audio buffer');
      return;
    }
    if (this.#items >= this.#manner.earlyCommits) this.#spoken.finish();
    const item = { id: this.#itemId, before: this.#items, words: this.#words, told: this.#told };
    this.#items += 1;
    this.#usedWords += item.words.length;
    this.#told = 0;
    this.#messages = 0;
    this.#seconds = 0;
    if (this.#manner.answerMs === 0) this.#answer(item);
    else {
      this.#connection.later(this.#manner.answerMs, () => {
        this.#answer(item);
      });
    }
  }

  #answer({ id, before, words, told }: CommittedItem): void {
    const { revision, failsAtCommit } = this.#manner;
    if (revision === 'older') this.#deltas(id, words, told);
    const previous_item_id = before === 0 ? null : `item_${before}`;
    this.#send({ type: 'input_audio_buffer.committed', item_id: id, previous_item_id });
    const transcript = words.slice(0, told).join(' ');
    const content = [{ audio: null, transcript, type: 'input_audio' }];
    const item = { content, role: 'user', type: 'message', id, status: 'completed' };
    this.#send({ type: 'conversation.item.created', item, previous_item_id });
    if (failsAtCommit) {
      this.#fails(id);
      return;
    }
    if (revision === 'merged') this.#deltas(id, words, told);
    if (!this.#connection.script.neverDone) this.#completes(id, words.join(' '));
  }

  #completes(item_id: string, transcript: string): void {
    const usage =
      this.#manner.revision === 'older' ? {} : { usage: { type: 'duration', seconds: 0.5 } };
    const type = `${transcription}.completed`;
    this.#send({ content_index: 0, item_id, transcript, type, logprobs: null, ...usage });
  }

  #fails(item_id: string): void {
    const error = {
      code: 'inference_failed',
      message: 'Transcription failed',
      param: null,
      type: 'server_error',
    };
    this.#send({ content_index: 0, error, item_id, type: `${transcription}.failed` });
  }

  get #itemId(): string {
    return `item_${this.#items + 1}`;
  }

  /** Of this item. */
  get #words(): string[] {
    return this.#spoken.words.slice(this.#usedWords);
  }

  #tell(count: number): void {
    const words = this.#words.slice(0, Math.max(count, 0));
    this.#deltas(this.#itemId, words, this.#told);
    this.#told = Math.max(this.#told, words.length);
  }

  /** The words of an item that were not told yet. */
  #deltas(item_id: string, words: readonly string[], told: number): void {
    for (const [at, word] of words.entries()) {
      if (at < told) continue;
      const delta = at === 0 ? word : ` ${word}`;
      const type = `${transcription}.delta`;
      this.#send({ item_id, type, content_index: 0, delta, logprobs: null });
    }
  }

  #wrong(code: string, what: string): void {
    this.#connection.violation(what);
    this.#error(code, what);
  }

  #error(code: string, message: string, param: string | null = null): void {
    const error = { message, type: 'invalid_request_error', code, event_id: null, param };
    this.#send({ error, type: 'error' });
  }

  #send(event: object): void {
    this.#connection.send({ event_id: 'event_5d2c', ...event });
  }
}

function rateIn(format: unknown): number | undefined {
  return z.object({ rate: z.number() }).safeParse(format).data?.rate;
}

export function sglangRealtimeServerThat(manner: Partial<SglangRealtimeManner>): DialectServerKind {
  return {
    dialect: 'sglang-realtime',
    paths: ['/v1/realtime'],
    protocol: (connection) => new SglangRealtimeProtocol(connection, { ...usual, ...manner }),
  };
}

/** SGLang's realtime transcription, serving `qwen3-asr`. */
export const sglangRealtimeServer = sglangRealtimeServerThat({});
