import type { TextGroup, TextItems } from './textItems.ts';

/** `wer` (or another rate) for the largest group it is used on; smaller ones name their profile. */
export function textKey({ headline, profileId }: TextGroup, { groups }: TextItems): string {
  const largest = groups.find((group) => group.headline === headline);
  return largest?.profileId === profileId ? headline : `${headline}:${profileId}`;
}
