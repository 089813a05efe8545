import type { Utterance } from './utterance.ts';

export interface UtteranceSelection {
  /** Take at most this many, from the first on; null takes all. */
  limit?: number | null;
  /** Take only utterances that carry one of these tags. */
  tags?: readonly string[];
}

/** The utterances of a dataset that a run wants, in the dataset's order. */
export function selectUtterances(
  utterances: readonly Utterance[],
  { limit = null, tags = [] }: UtteranceSelection,
): Utterance[] {
  const wanted = new Set(tags);
  const tagged = utterances.filter(
    (utterance) => wanted.size === 0 || utterance.tags.some((tag) => wanted.has(tag)),
  );
  return tagged.slice(0, limit ?? undefined);
}
