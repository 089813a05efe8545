import { elapsedMs, isMissing, missing, ratio, type Measured } from './missingValue.ts';
import type { SessionTimeline } from './sessionTimeline.ts';
import { meanOf, sampleStandardDeviation } from './statistics/distribution.ts';

export type TokensSource = 'usage' | 'delta_tokens' | 'delta_count';

export interface CadenceMetrics {
  output_tokens: Measured;
  tokens_source: Measured<TokensSource>;
  itl: Measured;
  tpot: Measured;
  tokens_per_delta: Measured;
  blank_delta_ratio: Measured;
  late_deltas: Measured;
  max_gap: Measured;
  stall_count: Measured;
  delta_burstiness: Measured;
}

/** Gap between each delta with text and the one before, in milliseconds. */
export function interDeltaLatenciesMs({ textDeltas }: SessionTimeline): number[] {
  return gaps(textDeltas.map((delta) => delta.atUs)).map((gapUs) => gapUs / 1000);
}

/**
 * The rhythm of the output.
 *
 * @param stallMs a gap between texts longer than this is a stall
 */
export function cadenceMetrics(timeline: SessionTimeline, stallMs: number): CadenceMetrics {
  const { replay, textDeltas } = timeline;
  const idlMs = interDeltaLatenciesMs(timeline);
  const tokens = outputTokens(timeline);
  const blanks = replay.deltas.length - textDeltas.length;
  const noDelta = missing('no_partial_text');
  return {
    output_tokens: tokens?.count ?? noDelta,
    tokens_source: tokens?.source ?? noDelta,
    itl: tokens ? interTokenLatency(timeline, tokens) : noDelta,
    tpot: tokens ? timePerOutputToken(timeline, tokens.count) : noDelta,
    tokens_per_delta: tokens && textDeltas.length > 0 ? tokens.count / textDeltas.length : noDelta,
    blank_delta_ratio:
      replay.deltas.length === 0 ? missing('no_event') : blanks / replay.deltas.length,
    late_deltas: replay.lateDeltas,
    max_gap:
      idlMs.length === 0 ? missing('too_few_deltas') : idlMs.reduce((a, b) => Math.max(a, b)),
    stall_count: stallCount(timeline, stallMs),
    delta_burstiness: burstiness(idlMs),
  };
}

interface OutputTokens {
  count: number;
  source: TokensSource;
}

/** K. A usage of 0 beside text is a server that does not count; then the deltas are counted. */
function outputTokens({ replay, textDeltas }: SessionTimeline): OutputTokens | null {
  const { outputTokens: used } = replay;
  if (used !== null && used > 0) return { count: used, source: 'usage' };
  if (textDeltas.length === 0) return null;
  const counts = replay.deltas.map((delta) => delta.tokens);
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  if (sum > 0 && !counts.includes(null)) return { count: sum, source: 'delta_tokens' };
  return { count: textDeltas.length, source: 'delta_count' };
}

/** (t_n - t_1) / (K - k_1), or / (K - 1) where the tokens of the first delta are not known. */
function interTokenLatency({ textDeltas }: SessionTimeline, tokens: OutputTokens): Measured {
  const first = textDeltas.at(0);
  const last = textDeltas.at(-1);
  if (!first || !last || textDeltas.length < 2) return missing('too_few_deltas');
  const laterTokens = tokens.count - (first.tokens ?? 1);
  if (laterTokens <= 0) return missing('too_few_tokens');
  return (last.atUs - first.atUs) / 1000 / laterTokens;
}

function timePerOutputToken(
  { firstSendUs, textDeltas }: SessionTimeline,
  tokens: number,
): Measured {
  const totalMs = elapsedMs(firstSendUs, textDeltas.at(-1)?.atUs ?? missing('no_partial_text'));
  return isMissing(totalMs) ? totalMs : totalMs / tokens;
}

/** Gaps between changes of the text of which more than `stallMs` lies within the speech. */
function stallCount({ rawSteps, spoken }: SessionTimeline, stallMs: number): Measured {
  if (isMissing(spoken)) return spoken;
  if (rawSteps.length === 0) return missing('no_text');
  const within = rawSteps.map(({ atUs }) => Math.min(Math.max(atUs, spoken.startUs), spoken.endUs));
  return gaps(within).filter((gapUs) => gapUs / 1000 > stallMs).length;
}

function burstiness(idlMs: readonly number[]): Measured {
  const mean = meanOf(idlMs);
  const deviation = sampleStandardDeviation(idlMs);
  if (mean === null || deviation === null) return missing('too_few_gaps');
  return ratio(deviation, mean);
}

function gaps(timesUs: readonly number[]): number[] {
  return timesUs.slice(1).map((timeUs, index) => timeUs - timesUs[index]!);
}
