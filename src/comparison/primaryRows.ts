import { errorRateKey } from './measure.ts';
import { hasSample } from './measureSample.ts';
import { hardDifferences } from './comparabilityGate.ts';
import type { PreparedPair } from './preparePair.ts';
import { textKey } from './textKey.ts';

/**
 * The questions a comparison answers with protection against chance findings: first text, words,
 * final text. Where there are no word times the next best stands in; which one is decided by what
 * values there are, never by what they say.
 */
const slots = [
  ['ttft_speech', 'ttft'],
  ['wel.p95'],
  ['ttfs', 'tail_latency', 'finalize_latency'],
] as const;

/** Keys of the primary rows, each with the one it stands in for, if it does. */
export function primaryRows(pair: PreparedPair): ReadonlyMap<string, string | null> {
  const stands = new Map<string, string | null>();
  for (const slot of slots) {
    const chosen = slot.find((key) => isUsable(pair, key));
    if (chosen !== undefined) stands.set(chosen, chosen === slot[0] ? null : slot[0]);
  }
  for (const group of pair.texts.groups) stands.set(textKey(group, pair.texts), null);
  return stands.set(errorRateKey, null);
}

function isUsable(pair: PreparedPair, key: string): boolean {
  const place = pair.measures.findIndex((measure) => measure.key === key);
  if (place < 0 || hardDifferences(pair.gate, pair.measures[place]!.metric).length > 0)
    return false;
  const { a, b } = pair.values;
  return hasSample(pair.pairing, a.values[place]!, b.values[place]!);
}
