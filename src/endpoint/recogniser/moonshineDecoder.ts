import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { InferenceRuntime } from './inferenceRuntime.ts';
import { loopKeepLength } from './loopGuard.ts';
import { endToken, startToken } from './vocabulary.ts';

const sampleRateHz = 16_000;
const layers = 6;
const heads = 8;
const headSize = 36;
const pieceCount = 32_000;
/** Shorter audio is padded with silence; the encoder fails below 895 samples. */
const minSamples = sampleRateHz / 2;
/** English is spoken with fewer; what exceeds it is a decoder gone astray. */
const maxTokensPerSecond = 6.5;

type Feeds = Record<string, Tensor>;

export interface DecodeRequest {
  /** Mono 16 kHz in [-1, 1]. */
  samples: Float32Array;
  /** What is expected, usually the hypothesis for a shorter stretch of the same audio; may be empty. */
  draft: readonly number[];
  /** Asked between tokens; true gives up. */
  shouldStop: () => Promise<boolean>;
}

export interface DecodeResult {
  /** Without start and end token. */
  tokens: number[];
  /** False when `shouldStop` ended it before the text was complete. */
  complete: boolean;
}

/**
 * Moonshine's encoder and merged decoder: greedy decoding that verifies a draft in one step and
 * goes on token by token from where the model disagrees with it.
 */
export class MoonshineDecoder {
  readonly #runtime: InferenceRuntime;
  readonly #encoder: InferenceSession;
  readonly #decoder: InferenceSession;

  constructor(runtime: InferenceRuntime, encoder: InferenceSession, decoder: InferenceSession) {
    this.#runtime = runtime;
    this.#encoder = encoder;
    this.#decoder = decoder;
  }

  async decode(request: DecodeRequest): Promise<DecodeResult> {
    const samples = padded(request.samples);
    const maxTokens = Math.ceil((samples.length / sampleRateHz) * maxTokensPerSecond);
    const encoded = await this.#encode(samples);
    if (await request.shouldStop()) return { tokens: [], complete: false };

    const draft = request.draft.slice(0, maxTokens);
    let step = await this.#firstStep(encoded, draft);
    const tokens = draft.slice(0, step.accepted);
    while (step.next !== endToken && tokens.length < maxTokens) {
      tokens.push(step.next);
      const keep = loopKeepLength(tokens);
      if (keep !== null) return { tokens: tokens.slice(0, keep), complete: true };
      if (await request.shouldStop()) return { tokens, complete: false };
      step = await this.#nextStep(encoded, step, tokens.length);
    }
    return { tokens, complete: true };
  }

  async #encode(samples: Float32Array): Promise<Tensor> {
    const input = new this.#runtime.Tensor('float32', samples, [1, samples.length]);
    const { last_hidden_state: encoded } = await this.#encoder.run({ input_values: input });
    if (encoded === undefined) throw new Error('The encoder gave no last_hidden_state.');
    return encoded;
  }

  /** Runs the start token and the whole draft at once, without a cache. */
  async #firstStep(encoded: Tensor, draft: readonly number[]): Promise<Step> {
    const outputs = await this.#decoder.run({
      ...this.#inputs([startToken, ...draft], encoded, false),
      ...this.#emptyCache(),
    });
    const { logits } = outputs;
    if (logits === undefined) throw new Error('The decoder gave no logits.');
    let accepted = 0;
    let next = bestToken(logits, 0);
    while (accepted < draft.length && next === draft[accepted]) {
      accepted += 1;
      next = bestToken(logits, accepted);
    }
    return { next, accepted, cache: this.#cacheOf(outputs, accepted + 1, draft.length + 1) };
  }

  async #nextStep(encoded: Tensor, previous: Step, length: number): Promise<Step> {
    const outputs = await this.#decoder.run({
      ...this.#inputs([previous.next], encoded, true),
      ...previous.cache,
    });
    const { logits } = outputs;
    if (logits === undefined) throw new Error('The decoder gave no logits.');
    const cache = { ...previous.cache };
    for (let layer = 0; layer < layers; layer += 1) {
      for (const kind of ['key', 'value']) {
        const present = outputs[`present.${layer}.decoder.${kind}`];
        if (present !== undefined) cache[`past_key_values.${layer}.decoder.${kind}`] = present;
      }
    }
    return { next: bestToken(logits, 0), accepted: length, cache };
  }

  #inputs(ids: number[], encoded: Tensor, useCache: boolean): Feeds {
    const { Tensor } = this.#runtime;
    return {
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      encoder_hidden_states: encoded,
      use_cache_branch: new Tensor('bool', [useCache], [1]),
    };
  }

  #emptyCache(): Feeds {
    const empty = new this.#runtime.Tensor('float32', new Float32Array(0), [0, heads, 1, headSize]);
    const feeds: Feeds = {};
    for (const name of cacheNames) feeds[`past_key_values.${name}`] = empty;
    return feeds;
  }

  /** The cache for the first `keep` positions of `total`: rejected draft tokens are cut off. */
  #cacheOf(outputs: InferenceSession.OnnxValueMapType, keep: number, total: number): Feeds {
    const cache: Feeds = {};
    for (const name of cacheNames) {
      const present = outputs[`present.${name}`];
      if (present === undefined) throw new Error(`The decoder gave no present.${name}.`);
      const cut = name.includes('decoder') && keep < total;
      cache[`past_key_values.${name}`] = cut ? this.#cutTo(present, keep, total) : present;
    }
    return cache;
  }

  #cutTo(tensor: Tensor, keep: number, total: number): Tensor {
    const data = tensor.data as Float32Array;
    const kept = new Float32Array(heads * keep * headSize);
    for (let head = 0; head < heads; head += 1) {
      const from = head * total * headSize;
      kept.set(data.subarray(from, from + keep * headSize), head * keep * headSize);
    }
    return new this.#runtime.Tensor('float32', kept, [1, heads, keep, headSize]);
  }
}

interface Step {
  next: number;
  /** Tokens of the draft that the model agrees with. */
  accepted: number;
  cache: Feeds;
}

const cacheNames = Array.from({ length: layers }, (_, layer) =>
  ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'].map(
    (kind) => `${layer}.${kind}`,
  ),
).flat();

function padded(samples: Float32Array): Float32Array {
  if (samples.length >= minSamples) return samples;
  const longer = new Float32Array(minSamples);
  longer.set(samples);
  return longer;
}

/** The most likely token after `position`; ids beyond the vocabulary cannot win. */
function bestToken(logits: Tensor, position: number): number {
  const data = logits.data as Float32Array;
  const width = logits.dims[2] ?? 0;
  const offset = position * width;
  let best = endToken;
  let bestLogit = -Infinity;
  for (let id = 0; id < Math.min(width, pieceCount); id += 1) {
    const logit = data[offset + id] ?? -Infinity;
    if (logit > bestLogit) {
      best = id;
      bestLogit = logit;
    }
  }
  return best;
}
