import { AudioError } from '../audio/audioError.ts';
import { loadPcm } from '../audio/loadPcm.ts';
import { durationMs, type PcmAudio } from '../audio/pcmAudio.ts';
import type { Utterance } from '../dataset/utterance.ts';
import type { RunUtterance } from '../runfile/run.ts';
import type { AudioStore } from './audioStore.ts';
import type { BenchmarkObserver } from './benchmarkObserver.ts';

export interface PreparedUtterances {
  utterances: RunUtterance[];
  /** Utterance id → why its audio cannot be sent. */
  unusable: Map<string, string>;
}

export interface PrepareOptions {
  store: AudioStore;
  /** One per distinct rate that the endpoints want. */
  sampleRatesHz: readonly number[];
  observer: BenchmarkObserver;
  signal: AbortSignal;
}

/** The key of an utterance's audio at a rate in an {@link AudioStore}. */
export function audioKey(utteranceId: string, sampleRateHz: number): string {
  return `${sampleRateHz} ${utteranceId}`;
}

/**
 * Decodes the audio of all utterances. One that cannot be used is reported, not thrown, so
 * that the rest of the run goes on. Stops early, with what it has, when aborted.
 */
export async function prepareUtterances(
  utterances: readonly Utterance[],
  options: PrepareOptions,
): Promise<PreparedUtterances> {
  const prepared: PreparedUtterances = { utterances: [], unusable: new Map() };
  for (const [i, utterance] of utterances.entries()) {
    if (options.signal.aborted) break;
    options.observer.preparing?.(i, utterances.length);
    try {
      prepared.utterances.push(describe(utterance, await store(utterance, options)));
    } catch (error) {
      if (!(error instanceof AudioError)) throw error;
      prepared.unusable.set(utterance.id, error.message);
      prepared.utterances.push(describe(utterance, null));
    }
  }
  options.observer.preparing?.(prepared.utterances.length, utterances.length);
  return prepared;
}

async function store(utterance: Utterance, options: PrepareOptions): Promise<PcmAudio | null> {
  let audio: PcmAudio | null = null;
  for (const rate of options.sampleRatesHz) {
    audio = await loadPcm(utterance.audioPath, rate);
    await options.store.put(audioKey(utterance.id, rate), audio);
  }
  return audio;
}

function describe(utterance: Utterance, audio: PcmAudio | null): RunUtterance {
  const lengthMs = audio ? durationMs(audio) : (utterance.declaredDurationMs ?? 0);
  return {
    ...utterance,
    durationMs: Math.round(lengthMs * 1000) / 1000,
    sha256: audio?.source.sha256 ?? null,
    audioFormat: audio?.source.format ?? null,
  };
}
