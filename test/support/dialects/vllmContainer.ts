import * as z from 'zod';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';
import { SpokenWords } from './dialectServer.ts';

const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session.update'), model: z.string() }),
  z.strictObject({ type: z.literal('input_audio_buffer.append'), audio: z.base64().min(1) }),
  z.strictObject({ type: z.literal('input_audio_buffer.commit'), final: z.boolean().optional() }),
]);

/** vLLM's realtime protocol, as a container behind a relay speaks it. */
class VllmContainer implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #spoken: SpokenWords;
  #sent = '';
  #phase: 'greeted' | 'updated' | 'started' | 'ended' = 'greeted';

  constructor(connection: ServerConnection) {
    this.#connection = connection;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    this.#connection.send({ type: 'session.created', id: 'sess-0123456789', created: 1767323045 });
  }

  binary(bytes: Buffer): void {
    this.#connection.violation(`a binary frame of ${bytes.length} bytes`);
    this.#connection.close(1011);
  }

  text(text: string): void {
    const parsed = clientMessage.safeParse(JSON.parse(text));
    if (!parsed.success) {
      this.#connection.violation(`the client sent ${text.slice(0, 200)}`);
      return;
    }
    const message = parsed.data;
    if (message.type === 'session.update') this.#moveOn('greeted', 'updated', message.type);
    else if (message.type === 'input_audio_buffer.append') this.#append(message.audio);
    else if (message.final === true) this.#finish();
    else this.#moveOn('updated', 'started', 'the starting commit');
  }

  fail(): void {
    this.#connection.send({ type: 'error', error: 'The engine died.', code: 'processing_error' });
  }

  #moveOn(from: string, to: 'updated' | 'started' | 'ended', what: string): void {
    if (this.#phase !== from) this.#connection.violation(`${what} when ${this.#phase}`);
    this.#phase = to;
  }

  #append(audio: string): void {
    const pcm = Buffer.from(audio, 'base64');
    if (this.#phase !== 'started') this.#connection.violation(`audio when ${this.#phase}`);
    if (pcm.length % 2 !== 0) this.#connection.violation('half a sample');
    if (!this.#connection.heard(pcm)) return;
    // Most tokens are silence.
    this.#connection.send({ type: 'transcription.delta', delta: '' });
    if (this.#spoken.advance()) this.#say();
  }

  #say(): void {
    const text = this.#spoken.words.map((word) => ` ${word}`).join('');
    this.#connection.send({ type: 'transcription.delta', delta: text.slice(this.#sent.length) });
    this.#sent = text;
  }

  #finish(): void {
    this.#moveOn('started', 'ended', 'the final commit');
    if (this.#spoken.words.length < this.#spoken.finish().length) this.#say();
    if (this.#connection.script.neverDone) return;
    const usage = { prompt_tokens: 39, completion_tokens: 148, total_tokens: 187 };
    this.#connection.send({ type: 'transcription.done', text: this.#sent, usage });
  }
}

export const vllmContainer: DialectServerKind = {
  dialect: 'vllm-realtime',
  paths: ['/v1/realtime'],
  protocol: (connection) => new VllmContainer(connection),
};
