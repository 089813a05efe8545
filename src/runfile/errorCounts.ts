import type { FileSummary } from './summarySchema.ts';

type TextQuality = FileSummary['text'][number];

/** What the headline rate of a text summary rests on, for people. */
export function errorCounts({ headline, words, charactersNoSpace, mixed }: TextQuality): string {
  if (headline === 'wer') {
    const { hits, substitutions, deletions, insertions } = words;
    const total = hits + substitutions + deletions;
    return `${substitutions} substituted, ${deletions} deleted, ${insertions} inserted of ${total} words`;
  }
  if (headline === 'mixer')
    return `${mixed.errors} errors on ${mixed.referenceLength} words and characters`;
  return `${charactersNoSpace.errors} errors on ${charactersNoSpace.referenceLength} characters`;
}
