import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

export interface VoskManner {
  /** Takes the config for audio and replies to it, as the server in C++ does. */
  repliesToConfig: boolean;
  /** Replies to every other audio message only. */
  skipsReplies: boolean;
  /** Closes in order when the audio ends, without a reply to the end. */
  closesUnanswered: boolean;
  /** Replies nothing at all to the end, as the batch server can. */
  emptyReplyToEnd: boolean;
}

const configMessage = z.strictObject({
  config: z.strictObject({
    sample_rate: z.literal(16_000),
    words: z.union([z.literal(0), z.literal(1)]).default(1),
    max_alternatives: z.int().nonnegative().default(0),
    phrase_list: z.array(z.string()).optional(),
  }),
});

type Config = z.infer<typeof configMessage>['config'];

const wordsPerUtterance = 2;
const secondsPerWord = 0.1;

/** Lock-step: one reply to every message but the config, never more. */
class VoskProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: VoskManner;
  readonly #words: SpokenWords;
  #config: Config | null = null;
  #hasAudio = false;
  #skips = false;
  #ended = false;
  /** Words of utterances that are complete. */
  #told = 0;

  constructor(connection: ServerConnection, manner: VoskManner) {
    this.#connection = connection;
    this.#manner = manner;
    this.#words = new SpokenWords(connection.script);
  }

  text(text: string): void {
    const connection = this.#connection;
    if (this.#ended) connection.violation('a message after the end');
    if (text === '{"eof" : 1}') {
      this.#ended = true;
      if (connection.script.neverDone) return;
      this.#words.finish();
      const reply = this.#manner.emptyReplyToEnd ? '' : this.#result();
      if (!this.#manner.closesUnanswered) this.#reply(reply);
      connection.close(1000);
    } else if (text.includes('config')) {
      this.#configure(text);
    } else {
      connection.violation(`a text that is taken for audio: ${text}`);
    }
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (!this.#config) connection.violation('audio before the rate was told: 8000 Hz are assumed');
    if (this.#ended) connection.violation('audio after the end');
    if (bytes.length === 0 || bytes.length % 2 !== 0) {
      connection.violation(`${bytes.length} bytes of audio`);
    }
    this.#hasAudio = true;
    if (!connection.heard(bytes)) return;
    this.#words.advance();
    this.#skips = this.#manner.skipsReplies && !this.#skips;
    if (this.#skips) return;
    const pending = this.#pending();
    this.#reply(pending.length < wordsPerUtterance ? this.#partial(pending) : this.#result());
  }

  fail(): void {
    this.#connection.close(1011, 'internal error');
  }

  #configure(text: string): void {
    const connection = this.#connection;
    if (this.#hasAudio) connection.violation('a config after audio');
    const parsed = configMessage.safeParse(JSON.parse(text));
    if (parsed.success) this.#config = parsed.data.config;
    else connection.violation(`a config that it does not take: ${text}`);
    if (this.#manner.repliesToConfig) this.#reply(this.#partial([]));
  }

  #pending(): string[] {
    return this.#words.words.slice(this.#told);
  }

  /** The last word is a guess yet. */
  #partial(words: readonly string[]): object {
    const partial = words.map((word, at) => (at === words.length - 1 ? word.slice(0, -1) : word));
    return { partial: partial.join(' ') };
  }

  #result(): object {
    const words = this.#pending();
    const text = words.join(' ');
    const most = this.#config?.max_alternatives ?? 0;
    const result = words.map((word, at) => {
      const start = (this.#told + at) * secondsPerWord;
      const times = { start, end: start + secondsPerWord, word };
      // Among alternatives words have no confidence.
      return most === 0 ? { conf: 1, ...times } : times;
    });
    this.#told += words.length;
    const timed = this.#config?.words === 1 && words.length > 0 ? { result, text } : { text };
    if (most === 0) return timed;
    const best = { confidence: 250.5, ...timed };
    const worse = { confidence: 210.25, text: 'not that' };
    return { alternatives: [best, worse].slice(0, most) };
  }

  /** Vosk writes its JSON over several lines. */
  #reply(message: object | string): void {
    this.#connection.send(
      typeof message === 'string' ? message : JSON.stringify(message, undefined, 2),
    );
  }
}

/** A Vosk server: knows no keys, greets nobody, compares the end message letter by letter. */
export function voskServer(manner: Partial<VoskManner> = {}): DialectServerKind {
  const whole = {
    repliesToConfig: false,
    emptyReplyToEnd: false,
    skipsReplies: false,
    closesUnanswered: false,
    ...manner,
  };
  return {
    dialect: 'vosk',
    paths: ['/'],
    protocol: (connection) => new VoskProtocol(connection, whole),
  };
}
