/** Counts what a text takes of a budget. */
export type CountTokens = (text: string) => PromiseLike<number> | number;

/** Where nobody says how much may be answered. */
export const mostAnswerCharacters = 24_000;

const cutNote = '… cut here, because the answer may not be longer. The file has the rest.';

/**
 * The text as far as it fits, cut between lines, with a note that it was cut. What matters most has
 * to stand first.
 */
export async function fitText(text: string, budget: number, count: CountTokens): Promise<string> {
  if ((await count(text)) <= budget) return text;
  const lines = text.split('\n');
  const cutTo = (kept: number): string => [...lines.slice(0, kept), cutNote].join('\n');
  let fits = 0;
  let tooMany = lines.length;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if ((await count(cutTo(middle))) <= budget) fits = middle;
    else tooMany = middle;
  }
  // Nothing fits: the first line, which names the file, is worth more than the budget.
  return cutTo(Math.max(1, fits));
}

/** For readers whose tokens nobody counts. */
export function fitCharacters(text: string): Promise<string> {
  return fitText(text, mostAnswerCharacters, ({ length }) => length);
}
