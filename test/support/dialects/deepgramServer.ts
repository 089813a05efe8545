import * as z from 'zod';
import { deepgramKeyOf, deepgramRefusal } from './deepgramKey.ts';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';
import { guessedWords } from './guessedWords.ts';
import { jsonIn } from './jsonIn.ts';
import { requestParameters } from './requestParameters.ts';

const bool = z.enum(['true', 'false']);
const terms = z.union([z.string(), z.array(z.string())]);

const parameters = z
  .strictObject({
    model: z.string().min(1),
    encoding: z.literal('linear16'),
    sample_rate: z.literal('16000'),
    channels: z.literal('1').optional(),
    language: z
      .string()
      .regex(/^([a-z]{2}(-[A-Za-z0-9]+)?|multi)$/)
      .optional(),
    interim_results: bool.optional(),
    vad_events: bool.optional(),
    endpointing: z
      .string()
      .regex(/^(\d+|false)$/)
      .optional(),
    utterance_end_ms: z.string().regex(/^\d+$/).optional(),
    smart_format: bool.optional(),
    punctuate: bool.optional(),
    keyterm: terms.optional(),
    tag: terms.optional(),
  })
  .refine(
    ({ utterance_end_ms, interim_results }) =>
      utterance_end_ms === undefined ||
      (interim_results === 'true' && Number(utterance_end_ms) >= 1000),
    'utterance_end_ms is at least 1000 and needs interim results',
  );

const control = z.strictObject({ type: z.enum(['CloseStream', 'Finalize', 'KeepAlive']) });

/** A range of the audio, and so a final result, has so many words. */
const wordsPerRange = 2;
const wordSeconds = 0.1;

class DeepgramProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #spoken: SpokenWords;
  #hasInterim = false;
  #hasVad = false;
  #hasUtteranceEnd = false;
  #hasEnded = false;
  /** Words in results that are final. */
  #finalWords = 0;

  constructor(connection: ServerConnection) {
    this.#connection = connection;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    const parsed = parameters.safeParse(requestParameters(this.#connection.request));
    if (!parsed.success) {
      this.#connection.violation(`parameters: ${z.prettifyError(parsed.error)}`);
      return;
    }
    this.#hasInterim = parsed.data.interim_results === 'true';
    this.#hasVad = parsed.data.vad_events === 'true';
    this.#hasUtteranceEnd = parsed.data.utterance_end_ms !== undefined;
  }

  text(text: string): void {
    const parsed = control.safeParse(jsonIn(text));
    if (!parsed.success) this.#connection.violation(`not a control message: ${text}`);
    else if (this.#hasEnded) this.#connection.violation(`a message after the end: ${text}`);
    else if (parsed.data.type === 'CloseStream') this.#end();
    else if (parsed.data.type === 'Finalize') this.#final(true);
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#hasEnded) connection.violation('audio after the end');
    if (bytes.length === 0) {
      connection.violation('an empty audio message');
      this.#end();
      return;
    }
    if (bytes.length % 2 !== 0) connection.violation('half a sample');
    if (!connection.heard(bytes)) return;
    if (this.#spoken.advance()) this.#heardWord();
    else this.#result([], { is_final: false });
  }

  fail(): void {
    this.#connection.close(1011, 'The request failed. See https://dpgr.am/net0000');
  }

  #heardWord(): void {
    const { words } = this.#spoken;
    if (this.#hasVad && words.length === 1) {
      this.#connection.send({ type: 'SpeechStarted', channel: [0, 1], timestamp: 0 });
    }
    const open = words.slice(this.#finalWords);
    this.#result(guessedWords(open), { is_final: false });
    if (open.length === wordsPerRange) this.#final(false);
  }

  #final(from_finalize: boolean): void {
    const open = this.#spoken.words.slice(this.#finalWords);
    const isLast = this.#spoken.words.length === this.#connection.script.words.length;
    const speech_final = isLast && open.length > 0;
    this.#result(open, { is_final: true, speech_final, from_finalize });
    this.#finalWords += open.length;
    if (!speech_final || !this.#hasUtteranceEnd) return;
    const last_word_end = this.#finalWords * wordSeconds;
    this.#connection.send({ type: 'UtteranceEnd', channel: [0, 1], last_word_end });
  }

  #end(): void {
    this.#hasEnded = true;
    if (this.#connection.script.neverDone) return;
    this.#spoken.finish();
    // Heard, and taken back.
    this.#result(['uh'], { is_final: false });
    this.#final(false);
    const duration = this.#finalWords * wordSeconds;
    this.#connection.send({
      type: 'Metadata',
      transaction_key: 'deprecated',
      request_id: 'request-1',
      sha256: '00',
      created: '2026-01-02T03:04:05.678Z',
      duration,
      channels: 1,
    });
    this.#connection.close(1000);
  }

  #result(said: readonly string[], flags: { is_final: boolean; [name: string]: boolean }): void {
    if (!flags.is_final && !this.#hasInterim) return;
    const start = this.#finalWords * wordSeconds;
    const words = said.map((word, at) => {
      const from = start + at * wordSeconds;
      return { word, start: from, end: from + wordSeconds, confidence: 0.9, punctuated_word: word };
    });
    const alternative = { transcript: said.join(' '), confidence: 0.9, words };
    this.#connection.send({
      type: 'Results',
      channel_index: [0, 1],
      duration: said.length * wordSeconds,
      start,
      speech_final: false,
      from_finalize: false,
      ...flags,
      channel: { alternatives: [alternative] },
      metadata: { request_id: 'request-1', model_uuid: 'model-1' },
    });
  }
}

/** Deepgram's `/v1/listen`. */
export const deepgramServer: DialectServerKind = {
  dialect: 'deepgram',
  paths: ['/v1/listen'],
  keyOf: deepgramKeyOf,
  refusalHeaders: deepgramRefusal,
  protocol: (connection) => new DeepgramProtocol(connection),
};
