import { decode, encode } from '@msgpack/msgpack';
import * as z from 'zod';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

/** How a moshi-server may behave. */
export interface KyutaiBehaviour {
  /** Has a place for nobody. */
  isFull?: boolean;
  /** Serves one session at a time: never says that it is ready, nor how far it is. */
  isSingle?: boolean;
  /** Leaves out the ends of words. */
  saysNoEnds?: boolean;
}

const stepSamples = 1_920;
const stepSeconds = 0.08;
/** So many steps the text is behind the audio. */
const delaySteps = 3;

const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Audio'), pcm: z.array(z.number().min(-1).max(1)) }),
  z.strictObject({ type: z.literal('Marker'), id: z.int() }),
  z.strictObject({ type: z.literal('Init') }),
]);

/** Something to say when the model is as far as this step. */
interface Due {
  step: number;
  say: () => void;
}

class KyutaiProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #behaviour: KyutaiBehaviour;
  readonly #spoken: SpokenWords;
  #samples = 0;
  #step = 0;
  #due: Due[] = [];

  constructor(connection: ServerConnection, behaviour: KyutaiBehaviour) {
    this.#connection = connection;
    this.#behaviour = behaviour;
    this.#spoken = new SpokenWords(connection.script);
  }

  opened(): void {
    if (this.#behaviour.isFull) {
      this.#say({ type: 'Error', message: 'no free channels' });
      this.#connection.close(1000);
    } else if (!this.#behaviour.isSingle) {
      this.#say({ type: 'Ready' });
    }
  }

  text(): void {
    this.#connection.violation('a text frame, which is not read');
  }

  binary(bytes: Buffer): void {
    let message: unknown;
    try {
      message = decode(bytes);
    } catch {
      message = null;
    }
    const parsed = clientMessage.safeParse(message);
    if (!parsed.success) {
      this.#wrong(`message: ${z.prettifyError(parsed.error)}`);
    } else if (parsed.data.type === 'Audio') {
      if (!bytes.equals(encode(parsed.data, { forceFloat32: true, forceIntegerToFloat: true })))
        this.#connection.violation('samples that are no single-precision numbers');
      this.#audio(parsed.data.pcm);
    } else if (parsed.data.type === 'Marker') {
      this.#marker(parsed.data.id);
    }
  }

  fail(): void {
    this.#say({ type: 'Error', message: 'the model failed' });
    this.#connection.close(1011);
  }

  /** The server cannot read on: it drops the connection without a word. */
  #wrong(what: string): void {
    this.#connection.violation(what);
    this.#connection.close(1011);
  }

  #say(message: object): void {
    this.#connection.send(encode(message));
  }

  /** In silence no words are heard, but the model moves on. */
  #audio(pcm: readonly number[]): void {
    const hasSound = pcm.some((sample) => sample !== 0);
    if (hasSound && !this.#connection.heard(samplesOf(pcm))) return;
    this.#samples += pcm.length;
    if (hasSound && this.#spoken.advance()) this.#word(this.#spoken.words.length - 1);
    while ((this.#step + 1) * stepSamples <= this.#samples) this.#advance();
  }

  #word(index: number): void {
    const text = this.#spoken.words[index];
    const heard = Math.ceil(this.#samples / stepSamples);
    this.#due.push({
      step: heard + delaySteps,
      say: () => {
        this.#say({ type: 'Word', text, start_time: (heard - 1) * stepSeconds });
      },
    });
    if (this.#behaviour.saysNoEnds) return;
    this.#due.push({
      step: heard + delaySteps,
      say: () => {
        this.#say({ type: 'EndWord', stop_time: heard * stepSeconds });
      },
    });
  }

  #marker(id: number): void {
    const said = this.#spoken.words.length;
    this.#spoken.finish();
    for (let index = said; index < this.#spoken.words.length; index++) this.#word(index);
    if (this.#connection.script.neverDone) return;
    // The model is as far as the audio now; what it hears then is said later.
    this.#due.push({
      step: this.#step + delaySteps + 1,
      say: () => {
        this.#say({ type: 'Marker', id });
      },
    });
  }

  #advance(): void {
    this.#step += 1;
    if (!this.#behaviour.isSingle) {
      const buffered_pcm = this.#samples - this.#step * stepSamples;
      this.#say({
        type: 'Step',
        step_idx: this.#step,
        prs: [0.5, 0.25, 0.125, 0.0625],
        buffered_pcm,
      });
    }
    const now = this.#due.filter(({ step }) => step <= this.#step);
    this.#due = this.#due.filter(({ step }) => step > this.#step);
    for (const { say } of now) say();
  }
}

function samplesOf(pcm: readonly number[]): Buffer {
  const samples = Int16Array.from(pcm, (sample) => Math.round(sample * 32_768));
  return Buffer.from(samples.buffer);
}

export function kyutaiServerThat(behaviour: KyutaiBehaviour): DialectServerKind {
  return {
    dialect: 'kyutai',
    paths: ['/api/asr-streaming'],
    keyOf: ({ headers, url }) => {
      const key = headers['kyutai-api-key'];
      const query = new URL(url ?? '', 'ws://host').searchParams;
      return typeof key === 'string' ? key : query.get('auth_id');
    },
    protocol: (connection) => new KyutaiProtocol(connection, behaviour),
  };
}

/** A moshi-server that transcribes many sessions at a time. */
export const kyutaiServer = kyutaiServerThat({});
