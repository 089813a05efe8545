import * as z from 'zod';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

export interface NextainOmniManner {
  /** The model fails: an error, and the turn is done without text. */
  modelFails: boolean;
}

const configMessage = z.looseObject({
  type: z.literal('session.config'),
  model: z.string().nullish(),
  system: z.string().nullish(),
  max_tokens: z.int().min(1).max(4096).default(1024),
});

const longestConfig = 4096;
const mostBytes = 64 * 1024;
const fewestBytes = 16_000;

/** A turn of a conversation: nothing is said before all audio is there. */
class NextainOmniProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: NextainOmniManner;
  #state: 'new' | 'listening' | 'answering' = 'new';
  #bytes = 0;

  constructor(connection: ServerConnection, manner: NextainOmniManner) {
    this.#connection = connection;
    this.#manner = manner;
  }

  text(text: string): void {
    const connection = this.#connection;
    if (this.#state === 'new') {
      this.#configure(text);
    } else if (text === '{"type":"input.done"}') {
      this.#end();
    } else {
      connection.violation(`a message that it does not take: ${text}`);
    }
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#state !== 'listening') connection.violation('audio outside a turn');
    if (bytes.length > mostBytes) connection.violation(`a frame of ${bytes.length} bytes`);
    if (bytes.length === 0 || bytes.length % 2 !== 0) {
      connection.violation(`${bytes.length} bytes of audio`);
    }
    this.#bytes += bytes.length;
    connection.heard(bytes);
  }

  fail(): void {
    this.#error('Internal error: the engine died');
  }

  #configure(text: string): void {
    const connection = this.#connection;
    this.#state = 'listening';
    const parsed = configMessage.safeParse(JSON.parse(text));
    if (parsed.success && text.length <= longestConfig) return;
    connection.violation(`a config that it does not take: ${text.slice(0, 100)}`);
    this.#error('Invalid session config');
    connection.close(1000);
  }

  #end(): void {
    const connection = this.#connection;
    if (this.#state !== 'listening') connection.violation('the end of a turn that is none');
    this.#state = 'answering';
    if (this.#bytes < fewestBytes) {
      connection.violation('too little audio');
      this.#error(
        `Audio too short (${this.#bytes} bytes < ${fewestBytes} minimum), closing session`,
      );
      connection.close(1000);
      return;
    }
    connection.send({ type: 'turn.start' });
    if (this.#manner.modelFails) {
      this.#error('Model error: out of memory');
      connection.send({ type: 'turn.done' });
      return;
    }
    this.#answer(connection.script.words);
    if (!connection.script.neverDone) connection.send({ type: 'turn.done' });
  }

  /** In text and in speech. */
  #answer(words: readonly string[]): void {
    const connection = this.#connection;
    connection.send({ type: 'audio.start', format: 'wav_chunk', sample_rate: 24_000 });
    for (const [at, word] of words.entries()) {
      connection.send({ type: 'transcript.delta', text: at === 0 ? word : ` ${word}` });
      connection.send(Buffer.from('RIFF....WAVEfmt '));
    }
    connection.send({ type: 'audio.done', total_bytes: words.length * 16 });
  }

  #error(message: string): void {
    this.#connection.send({ type: 'error', message });
  }
}

/** The conversation socket of nextain's vLLM-Omni. */
export function nextainOmniServer(manner: Partial<NextainOmniManner> = {}): DialectServerKind {
  const whole = { modelFails: false, ...manner };
  return {
    dialect: 'nextain-omni',
    paths: ['/v1/omni'],
    protocol: (connection) => new NextainOmniProtocol(connection, whole),
  };
}
