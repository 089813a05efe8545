import type { AlignedTexts } from './alignTexts.ts';

export interface SubstitutionFrequency {
  reference: string;
  hypothesis: string;
  count: number;
}

export interface TokenFrequency {
  token: string;
  count: number;
}

/** Which tokens went wrong how often, most frequent first, then in the order of their UTF-16 units. */
export interface ErrorFrequencies {
  substitutions: SubstitutionFrequency[];
  deletions: TokenFrequency[];
  insertions: TokenFrequency[];
}

/** Counts the errors of a corpus token by token. */
export function errorFrequencies(corpus: readonly AlignedTexts[]): ErrorFrequencies {
  const substitutions = new Map<string, SubstitutionFrequency>();
  const deletions = new Map<string, TokenFrequency>();
  const insertions = new Map<string, TokenFrequency>();
  for (const { reference, hypothesis, alignment } of corpus) {
    for (const { type, refStart, refEnd, hypStart, hypEnd } of alignment.chunks) {
      const references = reference.tokens.slice(refStart, refEnd);
      const hypotheses = hypothesis.tokens.slice(hypStart, hypEnd);
      if (type === 'delete')
        references.forEach((token) => {
          countToken(deletions, token);
        });
      if (type === 'insert')
        hypotheses.forEach((token) => {
          countToken(insertions, token);
        });
      if (type !== 'substitute') continue;
      references.forEach((token, index) => {
        countSubstitution(substitutions, token, hypotheses[index]!);
      });
    }
  }
  return {
    substitutions: mostFrequentFirst(substitutions),
    deletions: mostFrequentFirst(deletions),
    insertions: mostFrequentFirst(insertions),
  };
}

function countToken(counts: Map<string, TokenFrequency>, token: string): void {
  const entry = counts.get(token);
  if (entry === undefined) counts.set(token, { token, count: 1 });
  else entry.count++;
}

/** Tokens hold no white space, so a space parts the key without doubt. */
function countSubstitution(
  counts: Map<string, SubstitutionFrequency>,
  reference: string,
  hypothesis: string,
): void {
  const key = `${reference} ${hypothesis}`;
  const entry = counts.get(key);
  if (entry === undefined) counts.set(key, { reference, hypothesis, count: 1 });
  else entry.count++;
}

function mostFrequentFirst<Entry extends { count: number }>(counts: Map<string, Entry>): Entry[] {
  return [...counts]
    .toSorted(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1))
    .map(([, entry]) => entry);
}
