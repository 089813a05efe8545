// The published examples of metrics.md, "Statistics".

export const latenciesA = [212, 198, 205, 230, 221, 199, 240, 208, 217, 203];
export const latenciesB = [188, 195, 181, 202, 190, 178, 214, 186, 193, 184];
export const latenciesC = [101, 98, 110, 95, 105, 99.5, 102, 97];
export const latenciesD = [108, 104, 112, 99, 109, 103, 107, 100];

const texts = [
  [2, 1, 12],
  [0, 0, 8],
  [3, 2, 20],
  [1, 1, 9],
  [4, 2, 15],
  [0, 0, 6],
  [2, 2, 14],
  [5, 3, 25],
  [1, 0, 10],
  [0, 1, 7],
  [3, 1, 18],
  [2, 1, 11],
] as const;

export const textErrorsA = texts.map(([errors]) => errors);
export const textErrorsB = texts.map(([, errors]) => errors);
export const textWords = texts.map(([, , words]) => words);
export const textErrorDifferences = texts.map(([a, b]) => b - a);
