import { alignTexts, type AlignedTexts } from '../metrics/text/alignTexts.ts';
import { errorFrequencies } from '../metrics/text/errorFrequencies.ts';
import { textProfile } from '../metrics/text/textProfiles.ts';
import type { TextGroup, TextItem, TextSide } from './textItems.ts';

/** An error that one run makes more often than the other. */
export interface WordChange {
  operation: 'substitute' | 'delete' | 'insert';
  /** Null for words that were put in. */
  reference: string | null;
  /** Null for words that were left out. */
  hypothesis: string | null;
  /** How often per time that all utterances were sent: repeats are averaged. */
  a: number;
  b: number;
}

const mostShown = 30;

/** The errors on words whose number changed most, most first; at most 30. */
export function wordChanges({ items, profileId }: TextGroup): WordChange[] {
  const changes = new Map<string, WordChange>();
  for (const item of items) {
    // The same texts make the same errors.
    if (sameTexts(item)) continue;
    countErrors(item, 'a', profileId, changes);
    countErrors(item, 'b', profileId, changes);
  }
  const size = ({ a, b }: WordChange) => Math.abs(b - a);
  return [...changes]
    .filter(([, change]) => size(change) > 0)
    .toSorted(
      ([key, change], [otherKey, other]) => size(other) - size(change) || (key < otherKey ? -1 : 1),
    )
    .slice(0, mostShown)
    .map(([, change]) => change);
}

function sameTexts({ a, b }: TextItem): boolean {
  const texts = new Set([...a.sessions, ...b.sessions].map(({ figures }) => figures.text));
  return texts.size === 1;
}

function countErrors(
  { item, ...sides }: TextItem,
  of: 'a' | 'b',
  profileId: string,
  changes: Map<string, WordChange>,
): void {
  const side = sides[of];
  const share = 1 / side.sessions.length;
  const add = (
    operation: WordChange['operation'],
    reference: string | null,
    hypothesis: string | null,
    count: number,
  ) => {
    const key = `${operation} ${reference ?? ''} ${hypothesis ?? ''}`;
    const change = changes.get(key) ?? { operation, reference, hypothesis, a: 0, b: 0 };
    change[of] += count * share;
    changes.set(key, change);
  };
  const errors = errorFrequencies(alignedTexts(item.a.utterance.reference!, side, profileId));
  for (const { reference, hypothesis, count } of errors.substitutions) {
    add('substitute', reference, hypothesis, count);
  }
  for (const { token, count } of errors.deletions) add('delete', token, null, count);
  for (const { token, count } of errors.insertions) add('insert', null, token, count);
}

function alignedTexts(
  reference: string,
  { sessions }: TextSide,
  profileId: string,
): AlignedTexts[] {
  const profile = textProfile(profileId);
  return sessions.map(({ figures }) => alignTexts(reference, figures.text, profile));
}
