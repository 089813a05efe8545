import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';
import { jsonIn } from './jsonIn.ts';
import { requestParameters } from './requestParameters.ts';

/** How AssemblyAI may behave. */
export interface AssemblyAiBehaviour {
  /** Never sends the formatted copy of a turn, though it was asked to. */
  neverFormats?: boolean;
}

const bool = z.enum(['true', 'false']).optional();
const whole = z.string().regex(/^\d+$/).optional();

const parameters = z.strictObject({
  token: z.string().optional(),
  sample_rate: z.literal('16000'),
  encoding: z.literal('pcm_s16le').optional(),
  speech_model: z.enum([
    'universal-streaming-english',
    'universal-streaming-multilingual',
    'whisper-rt',
    'universal-3-6',
  ]),
  format_turns: bool,
  end_of_turn_confidence_threshold: z
    .string()
    .regex(/^(0(\.\d+)?|1)$/)
    .optional(),
  min_turn_silence: whole,
  max_turn_silence: whole,
  inactivity_timeout: whole,
  keyterms_prompt: z
    .string()
    .regex(/^\[.*\]$/)
    .optional(),
  language_codes: z
    .string()
    .regex(/^\[.*\]$/)
    .optional(),
});

const control = z.union([
  z.strictObject({ type: z.enum(['Terminate', 'ForceEndpoint', 'KeepAlive']) }),
  z.looseObject({ type: z.literal('UpdateConfiguration') }),
]);

const bytesPerMs = 32;
const leastBytes = 50 * bytesPerMs;
const mostBytes = 1000 * bytesPerMs;
const wordsPerTurn = 2;
const wordMs = 100;

class AssemblyAiProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #behaviour: AssemblyAiBehaviour;
  readonly #spoken: SpokenWords;
  #state: 'starting' | 'listening' | 'ended' = 'starting';
  #formats = false;
  #turn = 0;
  /** Words of turns that have ended. */
  #endedWords = 0;

  constructor(connection: ServerConnection, behaviour: AssemblyAiBehaviour) {
    this.#connection = connection;
    this.#behaviour = behaviour;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    const parsed = parameters.safeParse(requestParameters(this.#connection.request));
    if (!parsed.success) {
      this.#connection.violation(`parameters: ${z.prettifyError(parsed.error)}`);
      this.#refuse(3006, 'Input validation error');
      return;
    }
    this.#formats = parsed.data.format_turns === 'true' && !this.#behaviour.neverFormats;
    // Late enough for audio that does not wait to be noticed.
    this.#connection.later(20, () => {
      this.#state = 'listening';
      const id = 'de5d9927-73a6-4be8-b52d-b4c07be37e6b';
      this.#connection.send({ type: 'Begin', id, expires_at: 1_767_330_000 });
    });
  }

  text(text: string): void {
    const parsed = control.safeParse(jsonIn(text));
    if (!parsed.success) {
      this.#connection.violation(`not a control message: ${text}`);
      this.#refuse(3006, 'Input validation error');
    } else if (this.#state !== 'listening') {
      this.#connection.violation(`a message while ${this.#state}: ${text}`);
    } else if (parsed.data.type === 'Terminate') this.#terminate();
    else if (parsed.data.type === 'ForceEndpoint') this.#endTurn();
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#state !== 'listening') connection.violation(`audio while ${this.#state}`);
    if (bytes.length < leastBytes || bytes.length > mostBytes) {
      connection.violation(`${bytes.length / bytesPerMs} ms of audio`);
      this.#refuse(3007, 'Input duration violation');
      return;
    }
    if (bytes.length % 2 !== 0) connection.violation('half a sample');
    if (!connection.heard(bytes)) return;
    if (this.#spoken.advance()) this.#heardWord();
  }

  fail(): void {
    this.#refuse(3005, 'Server error');
  }

  #refuse(error_code: number, error: string): void {
    this.#connection.send({ type: 'Error', error_code, error });
    this.#connection.close(error_code, error);
  }

  #openWords(): string[] {
    return this.#spoken.words.slice(this.#endedWords);
  }

  /** `transcript` has the words that will not change; of the last one only `words` tells. */
  #heardWord(): void {
    const open = this.#openWords();
    if (this.#spoken.words.length === 1) {
      this.#connection.send({ type: 'SpeechStarted', timestamp: 0 });
    }
    this.#sendTurn(open.slice(0, -1), { inHand: open.at(-1)!.slice(0, -1) });
    this.#sendTurn(open);
    if (open.length === wordsPerTurn) this.#endTurn();
  }

  #endTurn(): void {
    const open = this.#openWords();
    if (open.length === 0) return;
    this.#sendTurn(open, { end_of_turn: true });
    if (this.#formats) this.#sendTurn(formatted(open), { end_of_turn: true, isFormatted: true });
    this.#turn += 1;
    this.#endedWords += open.length;
  }

  #terminate(): void {
    this.#state = 'ended';
    if (this.#connection.script.neverDone) return;
    this.#spoken.finish();
    this.#endTurn();
    const audio_duration_seconds = Math.ceil((this.#endedWords * wordMs) / 1000);
    this.#connection.send({
      type: 'Termination',
      audio_duration_seconds,
      session_duration_seconds: audio_duration_seconds + 1,
    });
    this.#connection.close(1000);
  }

  #sendTurn(
    said: readonly string[],
    more: { end_of_turn?: boolean; isFormatted?: boolean; inHand?: string } = {},
  ): void {
    const { end_of_turn = false, isFormatted = false, inHand } = more;
    const words = [...said, ...(inHand === undefined ? [] : [inHand])].map((text, at) => {
      const start = (this.#endedWords + at) * wordMs;
      const word_is_final = at < said.length;
      return { text, start, end: start + wordMs, confidence: 0.9, word_is_final };
    });
    this.#connection.send({
      turn_order: this.#turn,
      turn_is_formatted: isFormatted,
      end_of_turn,
      transcript: said.join(' '),
      end_of_turn_confidence: end_of_turn ? 0.9 : 0.1,
      words,
      utterance: end_of_turn && !isFormatted ? said.join(' ') : '',
      type: 'Turn',
    });
  }
}

/** A sentence: a capital at its begin, a full stop at its end. */
function formatted(words: readonly string[]): string[] {
  const [first = '', ...others] = words;
  const sentence = [first.slice(0, 1).toUpperCase() + first.slice(1), ...others];
  return sentence.map((word, at) => (at === sentence.length - 1 ? `${word}.` : word));
}

/** The bare key in a header; a temporary one in the address. */
function keyOf(request: IncomingMessage): string | null {
  const { token } = requestParameters(request);
  return request.headers.authorization ?? (typeof token === 'string' ? token : null);
}

export function assemblyAiServerThat(behaviour: AssemblyAiBehaviour): DialectServerKind {
  return {
    dialect: 'assemblyai',
    paths: ['/v3/ws'],
    keyOf,
    protocol: (connection) => new AssemblyAiProtocol(connection, behaviour),
  };
}

/** AssemblyAI's streaming API v3. */
export const assemblyAiServer = assemblyAiServerThat({});
