/** Settings of {@link randomTexts}. */
export interface RandomTextSettings {
  tokenCount: number;
  vocabularySize: number;
  /** Fraction of reference tokens that are lost, changed or preceded by another. */
  errorRate: number;
}

/**
 * A reference whose tokens are as unevenly frequent as words, and a hypothesis with errors: a
 * quarter of them deletions, half substitutions, a quarter insertions.
 */
export function randomTexts(
  random: () => number,
  settings: RandomTextSettings,
): { reference: string[]; hypothesis: string[] } {
  const { tokenCount, vocabularySize, errorRate } = settings;
  const token = () => `w${Math.floor(Math.exp(random() * Math.log(vocabularySize)))}`;
  const reference = Array.from({ length: tokenCount }, token);
  const hypothesis = reference.flatMap((original) => {
    const chance = random() / errorRate;
    if (chance < 0.25) return [];
    if (chance < 0.75) return [token()];
    return chance < 1 ? [token(), original] : [original];
  });
  return { reference, hypothesis };
}
