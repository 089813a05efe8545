import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

/** How a service that speaks ElevenLabs' protocol may behave. */
export interface ElevenLabsBehaviour {
  /** Commits the first segment of its own accord after so many words. */
  commitsAfterWords?: number;
  /** Never says the words of a segment, though asked to. */
  withholdsWords?: boolean;
  /** Commits of its own accord just when it is asked to, and the rest so many milliseconds later. */
  crossesLastCommitMs?: number;
  /** Closes the connection in the place of the words of a segment. */
  closesBeforeWords?: boolean;
}

const rateHz = 16_000;
/** Less uncommitted audio than this cannot be committed. */
const leastCommitBytes = 0.3 * rateHz * 2;

const chunkMessage = z.strictObject({
  message_type: z.literal('input_audio_chunk'),
  audio_base_64: z.base64(),
  commit: z.boolean(),
  sample_rate: z.literal(rateHz),
  previous_text: z.string().optional(),
});

const parameters = z.strictObject({
  model_id: z.string().min(1),
  audio_format: z.literal(`pcm_${rateHz}`),
  commit_strategy: z.enum(['manual', 'vad']).optional(),
  language_code: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  include_timestamps: z.enum(['true', 'false']).optional(),
});

class ElevenLabsProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #behaviour: ElevenLabsBehaviour;
  readonly #spoken: SpokenWords;
  #isTimed = false;
  #isFirst = true;
  #uncommittedBytes = 0;
  /** Words that are committed. */
  #committed = 0;

  constructor(connection: ServerConnection, behaviour: ElevenLabsBehaviour) {
    this.#connection = connection;
    this.#behaviour = behaviour;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    const { searchParams } = new URL(this.#connection.request.url ?? '', 'ws://host');
    const parsed = parameters.safeParse(Object.fromEntries(searchParams));
    if (!parsed.success) {
      this.#connection.violation(`parameters: ${z.prettifyError(parsed.error)}`);
      this.#refuse('invalid_request', 'The parameters of the session are not valid.');
      return;
    }
    this.#isTimed = parsed.data.include_timestamps === 'true';
    const { model_id, audio_format, commit_strategy = 'manual' } = parsed.data;
    this.#connection.send({
      message_type: 'session_started',
      session_id: 'session-1',
      config: { sample_rate: rateHz, audio_format, model_id, commit_strategy },
    });
  }

  text(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      message = null;
    }
    const parsed = chunkMessage.safeParse(message);
    if (!parsed.success) {
      this.#connection.violation(`message: ${z.prettifyError(parsed.error)}`);
      this.#refuse('input_error', 'The message is not valid.');
      return;
    }
    this.#chunk(parsed.data);
  }

  binary(): void {
    this.#connection.violation('a binary frame');
    this.#refuse('input_error', 'Messages are JSON.');
  }

  fail(): void {
    this.#refuse('quota_exceeded', 'You have exceeded your quota.');
  }

  #refuse(kind: string, error: string): void {
    this.#connection.send({ message_type: kind, error });
    this.#connection.close(1008, kind);
  }

  #chunk(chunk: z.infer<typeof chunkMessage>): void {
    const connection = this.#connection;
    const pcm = Buffer.from(chunk.audio_base_64, 'base64');
    if (chunk.previous_text !== undefined && !this.#isFirst) {
      connection.violation('previous_text comes late');
    }
    if (pcm.length % 2 === 1) connection.violation('half a sample');
    if (pcm.length === 0 && !chunk.commit) connection.violation('a chunk that says nothing');
    this.#isFirst = false;
    if (pcm.length > 0 && !this.#audio(pcm)) return;
    if (chunk.commit) this.#commitAsked();
  }

  #audio(pcm: Buffer): boolean {
    this.#uncommittedBytes += pcm.length;
    if (!this.#connection.heard(pcm)) return false;
    if (!this.#spoken.advance()) return true;
    const words = this.#open();
    const last = words.at(-1) ?? '';
    // What was heard of a word is not always the word.
    this.#partial([...words.slice(0, -1), `${last}s`]);
    this.#partial(words);
    if (this.#committed === 0 && words.length === this.#behaviour.commitsAfterWords) this.#commit();
    return true;
  }

  #commitAsked(): void {
    if (this.#uncommittedBytes < leastCommitBytes) {
      const seconds = (this.#uncommittedBytes / rateHz / 2).toFixed(2);
      const error = `Commit request ignored: only ${seconds}s of uncommitted audio.`;
      this.#connection.send({ message_type: 'commit_throttled', error });
      return;
    }
    if (this.#connection.script.neverDone) return;
    const { crossesLastCommitMs } = this.#behaviour;
    if (crossesLastCommitMs !== undefined) {
      this.#commit();
      this.#connection.later(crossesLastCommitMs, () => {
        this.#commitRest();
      });
      return;
    }
    this.#commitRest();
  }

  #commitRest(): void {
    this.#spoken.finish();
    this.#connection.send({ message_type: 'final_transcript', text: this.#open().join(' ') });
    this.#commit();
  }

  /** The words that are not committed yet. */
  #open(): string[] {
    return this.#spoken.words.slice(this.#committed);
  }

  #partial(words: string[]): void {
    this.#connection.send({ message_type: 'partial_transcript', text: words.join(' ') });
  }

  #commit(): void {
    const first = this.#committed;
    const words = this.#open();
    const text = words.join(' ');
    this.#committed += words.length;
    this.#uncommittedBytes = 0;
    this.#connection.send({ message_type: 'committed_transcript', text });
    if (!this.#isTimed || this.#behaviour.withholdsWords) return;
    if (this.#behaviour.closesBeforeWords) {
      this.#connection.close(1000);
      return;
    }
    const timed = words.flatMap((word, at) => {
      const start = (first + at) / 10;
      const spoken = { text: word, start, end: start + 0.08, type: 'word', logprob: -0.1 };
      const spacing = { text: ' ', start: start + 0.08, end: start + 0.1, type: 'spacing' };
      return at === 0 ? [spoken] : [spacing, spoken];
    });
    this.#connection.later(10, () => {
      this.#connection.send({
        message_type: 'committed_transcript_with_timestamps',
        text,
        language_code: 'en',
        words: timed,
      });
    });
  }
}

export function elevenLabsServerThat(behaviour: ElevenLabsBehaviour): DialectServerKind {
  return {
    dialect: 'elevenlabs',
    paths: ['/v1/speech-to-text/realtime'],
    keyOf: ({ headers }) => {
      const key = headers['xi-api-key'];
      return typeof key === 'string' ? key : null;
    },
    protocol: (connection) => new ElevenLabsProtocol(connection, behaviour),
  };
}

/** ElevenLabs' realtime speech to text. */
export const elevenLabsServer = elevenLabsServerThat({});
