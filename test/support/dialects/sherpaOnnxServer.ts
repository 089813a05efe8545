import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

export interface SherpaOnnxManner {
  /** `c++`: with times and flags, and `Done!` at the end. `python`: texts only, then it closes. */
  server: 'c++' | 'python';
}

const wordsPerSegment = 2;
const secondsPerWord = 0.1;

/** Samples as the client meant them; what is no sample of 16 bits is a violation. */
function pcmOf(bytes: Buffer, connection: ServerConnection): Buffer {
  if (bytes.length === 0 || bytes.length % 4 !== 0) {
    connection.violation(`${bytes.length} bytes of audio`);
  }
  const pcm = Buffer.alloc(Math.floor(bytes.length / 4) * 2);
  for (let at = 0; at < pcm.length / 2; at++) {
    const sample = bytes.readFloatLE(at * 4) * 2 ** 15;
    if (!Number.isInteger(sample) || Math.abs(sample) > 2 ** 15) {
      connection.violation(`the sample ${sample / 2 ** 15}`);
      return pcm;
    }
    pcm.writeInt16LE(Math.min(sample, 2 ** 15 - 1), at * 2);
  }
  return pcm;
}

class SherpaOnnxProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #manner: SherpaOnnxManner;
  readonly #words: SpokenWords;
  #ended = false;
  #segment = 0;
  /** Words of segments that are complete. */
  #told = 0;

  constructor(connection: ServerConnection, manner: SherpaOnnxManner) {
    this.#connection = connection;
    this.#manner = manner;
    this.#words = new SpokenWords(connection.script);
  }

  text(text: string): void {
    const connection = this.#connection;
    if (text !== 'Done') connection.violation(`a text that it ignores: ${text}`);
    if (this.#ended) connection.violation('a message after the end');
    this.#ended = true;
    if (connection.script.neverDone) return;
    this.#words.finish();
    this.#tell({ is_final: true, is_eof: true });
    if (this.#manner.server === 'c++') connection.send('Done!');
    else connection.close(1000);
  }

  binary(bytes: Buffer): void {
    const connection = this.#connection;
    if (this.#ended) connection.violation('audio after the end');
    if (!connection.heard(pcmOf(bytes, connection))) return;
    this.#words.advance();
    const pending = this.#pending();
    if (pending.length < wordsPerSegment) {
      this.#tell({ is_final: false, is_eof: false });
      return;
    }
    this.#tell({ is_final: true, is_eof: false });
    this.#told += pending.length;
    this.#segment += 1;
    // A pause: it does not use up the number of its segment.
    if (this.#manner.server === 'c++') this.#tell({ is_final: true, is_eof: false });
  }

  fail(): void {
    this.#connection.close(1011, 'internal error');
  }

  #pending(): string[] {
    return this.#words.words.slice(this.#told);
  }

  /** All of the segment; its last word is a guess as long as it is not final. */
  #tell(flags: { is_final: boolean; is_eof: boolean }): void {
    const words = this.#pending().map((word, at, all) =>
      flags.is_final || at < all.length - 1 ? word : word.slice(0, -1),
    );
    if (this.#manner.server === 'python') {
      this.#connection.send({ text: words.join(' '), segment: this.#segment });
      return;
    }
    const tokens = words.flatMap((word) => [` ${word.slice(0, 1)}`, word.slice(1)]);
    this.#connection.send({
      text: words.join(' '),
      tokens,
      timestamps: tokens.map((_, at) => (Math.floor(at / 2) + (at % 2) / 2) * secondsPerWord),
      ys_probs: tokens.map(() => -0.1),
      lm_probs: [],
      context_scores: [],
      segment: this.#segment,
      words: [],
      num_trailing_blanks: 0,
      start_time: this.#told * secondsPerWord,
      ...flags,
    });
  }
}

/** A sherpa-onnx streaming server: knows no keys, greets nobody, takes floats only. */
export function sherpaOnnxServer(manner: SherpaOnnxManner = { server: 'c++' }): DialectServerKind {
  return {
    dialect: 'sherpa-onnx',
    paths: ['/'],
    protocol: (connection) => new SherpaOnnxProtocol(connection, manner),
  };
}
