import type { PairingSummary } from '../comparison/comparison.ts';

/** How utterances were matched, for example `40 shared utterances, paired`. */
export function pairingText({
  design,
  sharedItems,
  onlyA,
  onlyB,
  unit,
  units,
}: PairingSummary): string {
  const shared = sharedItems === 1 ? '1 shared utterance' : `${sharedItems} shared utterances`;
  const left = onlyA.length + onlyB.length;
  return [
    shared,
    design,
    ...(left === 0 ? [] : [`${left} without a partner`]),
    ...(unit === 'speaker' ? [`resampled by ${units} speakers`] : []),
  ].join(', ');
}
