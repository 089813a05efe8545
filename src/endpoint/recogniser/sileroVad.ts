import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { InferenceRuntime } from './inferenceRuntime.ts';

/** Samples at 16 kHz that one probability speaks for: 32 ms. */
export const vadFrameSamples = 512;

const contextSamples = 64;
const stateShape = [2, 1, 128];

/** Silero VAD v6. One model serves all streams; each stream has its own {@link VadState}. */
export class SileroVad {
  readonly #runtime: InferenceRuntime;
  readonly #session: InferenceSession;
  readonly #rate: Tensor;

  constructor(runtime: InferenceRuntime, session: InferenceSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.#rate = new runtime.Tensor('int64', BigInt64Array.of(16_000n), []);
  }

  newState(): VadState {
    const zeros = new Float32Array(2 * 128);
    return {
      recurrent: new this.#runtime.Tensor('float32', zeros, stateShape),
      input: new Float32Array(contextSamples + vadFrameSamples),
    };
  }

  /** Probability of speech in the next `vadFrameSamples` samples; moves `state` on. */
  async probability(state: VadState, frame: Float32Array): Promise<number> {
    state.input.copyWithin(0, vadFrameSamples);
    state.input.set(frame, contextSamples);
    const outputs = await this.#session.run({
      input: new this.#runtime.Tensor('float32', state.input, [1, state.input.length]),
      state: state.recurrent,
      sr: this.#rate,
    });
    const { output, stateN } = outputs;
    if (output === undefined || stateN === undefined) {
      throw new Error('The voice activity model gave no output.');
    }
    state.recurrent = stateN;
    return (output.data as Float32Array)[0] ?? 0;
  }
}

/** One stream's memory: the network's state, and the last frame, whose end is the next one's context. */
export interface VadState {
  recurrent: Tensor;
  input: Float32Array;
}
