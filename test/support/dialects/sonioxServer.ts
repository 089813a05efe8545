import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

const config = z.strictObject({
  api_key: z.string().optional(),
  model: z.string().regex(/^stt-rt-/),
  audio_format: z.literal('pcm_s16le'),
  sample_rate: z.literal(16_000),
  num_channels: z.literal(1),
  language_hints: z.array(z.string().length(2)).optional(),
  language_hints_strict: z.boolean().optional(),
  enable_endpoint_detection: z.boolean().optional(),
  max_endpoint_delay_ms: z.int().min(500).max(3000).optional(),
});

const control = z.union([
  z.strictObject({
    type: z.literal('finalize'),
    trailing_silence_ms: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('keepalive') }),
]);

/** An endpoint after so many words, where endpoints are to be detected. */
const wordsPerEndpoint = 3;
const tokenMs = 50;

interface Token {
  text: string;
  start_ms: number;
  end_ms: number;
  confidence: number;
}

/** Every word in two tokens, the first with the space before the word. */
function tokensOf(words: readonly string[]): Token[] {
  const pieces = words.flatMap((word) => [` ${word.slice(0, 1)}`, word.slice(1)]);
  return pieces.map((text, at) => {
    return { text, start_ms: at * tokenMs, end_ms: (at + 1) * tokenMs, confidence: 0.9 };
  });
}

class SonioxProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #words: SpokenWords;
  /** The key that the first message has to bring; null: it came with the connection, or none. */
  readonly #keyInConfig: string | null;
  #state: 'new' | 'open' | 'ended' = 'new';
  #detectsEndpoints = false;
  #finalTokens = 0;

  constructor(connection: ServerConnection, keyInConfig: string | null) {
    this.#connection = connection;
    this.#words = new SpokenWords(connection.script);
    this.#keyInConfig = keyInConfig;
  }

  text(text: string): void {
    if (this.#state === 'new') this.#configure(text);
    else if (this.#state === 'ended')
      this.#connection.violation(`a message after the end: ${text}`);
    else if (text === '') this.#end();
    else if (!control.safeParse(jsonIn(text)).success) {
      this.#connection.violation(`not a control message: ${text}`);
    }
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#state !== 'open') connection.violation(`audio, though ${this.#state}`);
    if (bytes.length === 0) {
      this.#end();
      return;
    }
    if (bytes.length % 2 !== 0) connection.violation('half a sample');
    if (!connection.heard(bytes)) return;
    if (this.#words.advance()) this.#heardWord();
    else this.#result([], []);
  }

  fail(): void {
    const error_message = 'Cannot continue request (code 3). Please restart the request.';
    this.#connection.send({ error_code: 503, error_message });
    this.#connection.close(1000);
  }

  #configure(text: string): void {
    this.#state = 'open';
    const parsed = config.safeParse(jsonIn(text));
    if (!parsed.success) this.#connection.violation(`not a configuration: ${text}`);
    this.#detectsEndpoints = parsed.data?.enable_endpoint_detection ?? false;
    const key = parsed.data?.api_key ?? null;
    if (key === this.#keyInConfig) return;
    if (this.#keyInConfig === null) {
      this.#connection.violation('a key in the configuration');
      return;
    }
    this.#connection.send({ error_code: 401, error_message: 'Incorrect API key provided.' });
    this.#connection.close(1000);
  }

  /** The first half of the new word is final at once, its second half is not understood yet. */
  #heardWord(): void {
    const { words } = this.#words;
    const tokens = tokensOf(words);
    if (this.#detectsEndpoints && words.length % wordsPerEndpoint === 0) {
      const end = { text: '<end>', start_ms: 0, end_ms: tokens.at(-1)!.end_ms, confidence: 1 };
      this.#result([...tokens.slice(this.#finalTokens), end], []);
      this.#finalTokens = tokens.length;
    } else {
      const [last] = tokens.splice(-1);
      this.#result(tokens.slice(this.#finalTokens), [{ ...last!, text: last!.text.toUpperCase() }]);
      this.#finalTokens = tokens.length;
    }
  }

  #end(): void {
    this.#state = 'ended';
    if (this.#connection.script.neverDone) return;
    const tokens = tokensOf(this.#words.finish());
    this.#result(tokens.slice(this.#finalTokens), []);
    this.#connection.send({
      tokens: [],
      final_audio_proc_ms: tokens.length * tokenMs,
      total_audio_proc_ms: tokens.length * tokenMs,
      finished: true,
    });
    this.#connection.close(1000);
  }

  #result(final: readonly Token[], provisional: readonly Token[]): void {
    const final_audio_proc_ms = (this.#finalTokens + final.length) * tokenMs;
    this.#connection.send({
      tokens: [
        ...final.map((token) => ({ ...token, is_final: true })),
        ...provisional.map((token) => ({ ...token, is_final: false })),
      ],
      final_audio_proc_ms,
      total_audio_proc_ms: final_audio_proc_ms + provisional.length * tokenMs,
    });
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const paths = ['/transcribe-websocket'];
const subprotocol = 'soniox-api-key';

/** The key in a header, or behind the subprotocol's name as browsers have to send it. */
function keyOf({ headers }: IncomingMessage): string | null {
  const [name, key] = headers['sec-websocket-protocol']?.split(/,\s*/) ?? [];
  if (name === subprotocol) return key ?? null;
  return headers.authorization?.replace(/^Bearer /, '') ?? null;
}

/** Soniox' realtime server as of 2027: the key comes with the connection. */
export const sonioxServer: DialectServerKind = {
  dialect: 'soniox',
  paths,
  keyOf,
  subprotocol: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  protocol: (connection) => new SonioxProtocol(connection, null),
};

/** The server before that, which wants `apiKey` in the first message. Its script has no key. */
export function sonioxServerWithKeyInConfig(apiKey: string): DialectServerKind {
  const protocol = (connection: ServerConnection) => new SonioxProtocol(connection, apiKey);
  return { dialect: 'soniox', paths, protocol };
}
