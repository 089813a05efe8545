import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

/** How a service that speaks Mistral's protocol may behave. */
export interface MistralBehaviour {
  /** Says the text at the end only, without deltas before it. */
  staysSilent?: boolean;
  /** Refuses the session with this in the place of its creation. */
  refuses?: { message: string | object; code: number };
}

const mostBytes = 262_144;

const audioFormat = z.strictObject({
  encoding: z.literal('pcm_s16le'),
  sample_rate: z.literal(16_000),
});

const delay = z.union([z.int().min(80).max(1200), z.literal(2400)]).nullable();

const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('session.update'),
    session: z.strictObject({
      audio_format: audioFormat.nullish(),
      target_streaming_delay_ms: delay.optional(),
    }),
  }),
  z.strictObject({ type: z.literal('input_audio.append'), audio: z.base64() }),
  z.strictObject({ type: z.literal('input_audio.flush') }),
  z.strictObject({ type: z.literal('input_audio.end') }),
]);

class MistralProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #behaviour: MistralBehaviour;
  readonly #spoken: SpokenWords;
  readonly #session: Record<string, unknown>;
  #messages = 0;
  #ended = false;

  constructor(connection: ServerConnection, behaviour: MistralBehaviour) {
    this.#connection = connection;
    this.#behaviour = behaviour;
    this.#spoken = new SpokenWords(connection.script);
    this.#session = {
      request_id: 'request-1',
      model: new URL(connection.request.url ?? '', 'ws://host').searchParams.get('model'),
      audio_format: { encoding: 'pcm_s16le', sample_rate: 16_000 },
      target_streaming_delay_ms: null,
    };
  }

  opened(): void {
    const { refuses } = this.#behaviour;
    if (refuses) {
      this.#refuse(refuses.message, refuses.code);
    } else if (this.#session.model === null) {
      this.#connection.violation('no model');
      this.#refuse('model is missing', 422);
    } else {
      this.#connection.send({ type: 'session.created', session: this.#session });
    }
  }

  text(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      message = null;
    }
    const parsed = clientMessage.safeParse(message);
    if (!parsed.success) {
      this.#wrong(`message: ${z.prettifyError(parsed.error)}`);
    } else if (this.#ended) {
      this.#wrong(`${parsed.data.type} after the end`);
    } else {
      this.#act(parsed.data);
    }
  }

  binary(): void {
    this.#wrong('a binary frame');
  }

  fail(): void {
    this.#refuse({ detail: 'Too many requests' }, 429);
  }

  #act(message: z.infer<typeof clientMessage>): void {
    switch (message.type) {
      case 'session.update':
        if (this.#messages > 0) {
          this.#wrong('session.update after audio');
          return;
        }
        Object.assign(this.#session, message.session);
        this.#connection.send({ type: 'session.updated', session: this.#session });
        return;
      case 'input_audio.append':
        this.#audio(Buffer.from(message.audio, 'base64'));
        return;
      case 'input_audio.flush':
        return;
      case 'input_audio.end':
        this.#ended = true;
        this.#finish();
    }
  }

  #audio(pcm: Buffer): void {
    this.#messages += 1;
    if (pcm.length > mostBytes) this.#wrong(`${pcm.length} bytes of audio in one message`);
    if (pcm.length === 0 || pcm.length % 2 === 1) this.#wrong(`${pcm.length} bytes of audio`);
    if (!this.#connection.heard(pcm) || this.#behaviour.staysSilent) return;
    if (this.#messages === 1) {
      this.#connection.send({ type: 'transcription.language', audio_language: 'en' });
    }
    // Most of the model's tokens stand for no text.
    this.#delta('');
    if (this.#spoken.advance()) this.#words(this.#spoken.words.length - 1);
  }

  /** A word may come in more than one piece. */
  #words(from: number): void {
    for (const word of this.#spoken.words.slice(from)) {
      this.#delta(` ${word.slice(0, 2)}`);
      this.#delta(word.slice(2));
    }
  }

  #delta(text: string): void {
    this.#connection.send({ type: 'transcription.text.delta', text });
  }

  #finish(): void {
    const { neverDone } = this.#connection.script;
    const said = this.#spoken.words.length;
    const text = ` ${this.#spoken.finish().join(' ')}`;
    if (!this.#behaviour.staysSilent) this.#words(said);
    if (neverDone) return;
    this.#connection.send({
      type: 'transcription.segment',
      text,
      start: 0,
      end: 0.5,
      speaker_id: null,
    });
    this.#connection.send({
      type: 'transcription.done',
      model: this.#session.model,
      text,
      segments: [],
      usage: {
        prompt_tokens: 12,
        completion_tokens: 9,
        total_tokens: 21,
        prompt_audio_seconds: 1,
      },
      language: 'en',
    });
  }

  #wrong(what: string): void {
    this.#connection.violation(what);
    this.#refuse(what, 400);
  }

  #refuse(message: string | object, code: number): void {
    this.#connection.send({ type: 'error', error: { message, code } });
    this.#connection.close(1000);
  }
}

export function mistralServerThat(behaviour: MistralBehaviour): DialectServerKind {
  return {
    dialect: 'mistral',
    paths: ['/v1/audio/transcriptions/realtime'],
    protocol: (connection) => new MistralProtocol(connection, behaviour),
  };
}

/** Mistral's realtime transcription. */
export const mistralServer = mistralServerThat({});
