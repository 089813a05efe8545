const squareOrAngle = /[<[][^>\]]*[>\]]/gu;
const round = /\([^)]+\)/gu;

/** Deletes `[...]` and `<...>`, then `(...)`: how transcripts write noises and comments. */
export function deleteBracketedSpans(text: string): string {
  return text.replace(squareOrAngle, '').replace(round, '');
}
