import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

export interface SglangM1Manner {
  /** Complains about the second audio message, and may close as a revision of it did. */
  complaint: { code: string; closes: boolean } | null;
  /** Answers the start with this error. */
  refusal: string | null;
}

const startMessage = z.strictObject({
  type: z.literal('session.start'),
  model: z.string().optional(),
  language: z.string().length(2).optional(),
});

const bytesPerSecond = 32_000;

/** A word per delta, without spaces; the final text has its punctuation put right. */
class SglangM1Protocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: SglangM1Manner;
  readonly #words: SpokenWords;
  #model: string | null = null;
  #state: 'new' | 'started' | 'ended' = 'new';
  #told = 0;
  #messages = 0;
  #bytes = 0;

  constructor(connection: ServerConnection, manner: SglangM1Manner) {
    this.#connection = connection;
    this.#manner = manner;
    this.#words = new SpokenWords(connection.script);
  }

  text(text: string): void {
    const connection = this.#connection;
    const message = JSON.parse(text) as { type?: unknown };
    if (message.type === 'session.start') this.#start(message);
    else if (message.type === 'session.end') this.#end();
    else connection.violation(`a message that it does not know: ${text}`);
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#state !== 'started') connection.violation('audio outside a session');
    if (bytes.length === 0 || bytes.length % 2 !== 0) {
      connection.violation(`${bytes.length} bytes of audio`);
    }
    this.#bytes += bytes.length;
    if (!connection.heard(bytes)) return;
    const { complaint } = this.#manner;
    this.#messages += 1;
    if (this.#messages === 2 && complaint) {
      connection.send({ type: 'error', code: complaint.code, message: 'so it is' });
      if (complaint.closes) connection.close(1000);
    }
    this.#words.advance();
    this.#tell();
  }

  fail(): void {
    const connection = this.#connection;
    connection.send({ type: 'error', code: 'internal_error', message: 'Internal server error' });
    connection.close(1000);
  }

  #start(message: object): void {
    const connection = this.#connection;
    const parsed = startMessage.safeParse(message);
    if (!parsed.success) {
      connection.violation(`a start that it does not take: ${JSON.stringify(message)}`);
    }
    if (this.#state !== 'new') connection.violation('a second start');
    this.#model = parsed.data?.model ?? null;
    if (this.#manner.refusal !== null) {
      connection.send({ type: 'error', code: this.#manner.refusal, message: 'no' });
      connection.close(1000);
      return;
    }
    // Audio that does not wait for the answer shows.
    this.#connection.later(20, () => {
      this.#state = 'started';
      connection.send({
        type: 'session.started',
        session_id: 'sess_3f2a91b0c4d5',
        model: this.#model,
      });
    });
  }

  #end(): void {
    const connection = this.#connection;
    if (this.#state !== 'started') connection.violation('an end outside a session');
    this.#state = 'ended';
    if (connection.script.neverDone) return;
    this.#words.finish();
    this.#tell();
    connection.send({
      type: 'transcript.final',
      text: this.#words.words.join(' ').replaceAll(/\s+([,.;:!?])/g, '$1'),
      duration_sec: Math.round((this.#bytes / bytesPerSecond) * 100) / 100,
      model: this.#model,
    });
    connection.close(1000);
  }

  #tell(): void {
    for (const delta of this.#words.words.slice(this.#told)) {
      this.#connection.send({ type: 'transcript.delta', delta });
      this.#told += 1;
    }
  }
}

/** SGLang with the first form of its streaming transcription. */
export function sglangM1Server(manner: Partial<SglangM1Manner> = {}): DialectServerKind {
  const whole = { complaint: null, refusal: null, ...manner };
  return {
    dialect: 'sglang-m1',
    paths: ['/v1/audio/transcriptions/stream'],
    protocol: (connection) => new SglangM1Protocol(connection, whole),
  };
}
