/**
 * Times the alignment that word error rates rest on: `npm run bench:score`.
 *
 * Beside it: the plain method (full matrix, same operations), and the fastest library there is
 * for edit distances, which gives the distance only: no operations, so no S, D and I. Words
 * must be mapped to single characters for it; its time is shown with and without that mapping.
 */
import { cpus } from 'node:os';
import { distance as libraryDistance } from 'fastest-levenshtein';
import { alignTokens } from '../../src/metrics/text/alignTokens.ts';
import { editTotal } from '../../src/metrics/text/alignment.ts';
import { editDistance } from '../../src/metrics/text/editDistance.ts';
import { plainAlignment } from '../unit/metrics/text/plainAlignment.ts';
import { randomTexts } from '../unit/metrics/text/randomTexts.ts';
import { randomGenerator } from '../../src/metrics/statistics/randomGenerator.ts';

interface Pair {
  reference: string[];
  hypothesis: string[];
}

interface Workload {
  name: string;
  pairs: Pair[];
  runs: number;
}

interface Method {
  name: string;
  run: () => number;
  runs: number;
}

const vocabularySize = 5000;

const warmUpMs = 200;

/** The plain method is slow and its times vary little. */
const plainRuns = 5;

function makePairs(count: number, tokenCount: number, errorRate: number): Pair[] {
  const random = randomGenerator(42);
  return Array.from({ length: count }, () =>
    randomTexts(random, { tokenCount, vocabularySize, errorRate }),
  );
}

/** Both texts with a number for each word, by first occurrence. */
function asNumbers({ reference, hypothesis }: Pair): [number[], number[]] {
  const numberOf = new Map<string, number>();
  const encode = (words: readonly string[]) =>
    words.map((word) => {
      const known = numberOf.get(word);
      if (known !== undefined) return known;
      numberOf.set(word, numberOf.size);
      return numberOf.size - 1;
    });
  return [encode(reference), encode(hypothesis)];
}

/** Both texts with one character for each word. */
function asCharacters(pair: Pair): [string, string] {
  const [reference, hypothesis] = asNumbers(pair);
  const encode = (numbers: readonly number[]) =>
    numbers.map((number) => String.fromCharCode(number)).join('');
  return [encode(reference), encode(hypothesis)];
}

/** Median of the runs in milliseconds, once the code has had time to be compiled. */
function medianMs(method: Method): number {
  const warmUntilMs = performance.now() + warmUpMs;
  do method.run();
  while (performance.now() < warmUntilMs);
  const times = Array.from({ length: method.runs }, () => {
    const startMs = performance.now();
    method.run();
    return performance.now() - startMs;
  }).toSorted((a, b) => a - b);
  return times[times.length >> 1]!;
}

function methods({ pairs, runs }: Workload): Method[] {
  const sum = (errors: (pair: Pair) => number) => () =>
    pairs.reduce((total, pair) => total + errors(pair), 0);
  const numbers = pairs.map(asNumbers);
  const characters = pairs.map(asCharacters);
  return [
    {
      name: 'RTBench alignment (operations, S/D/I)',
      run: sum((pair) => editTotal(alignTokens(pair.reference, pair.hypothesis).counts)),
      runs,
    },
    {
      name: 'RTBench distance only',
      run: sum((pair) => editDistance(pair.reference, pair.hypothesis)),
      runs,
    },
    {
      name: 'plain full matrix (operations, S/D/I)',
      run: sum((pair) => editTotal(plainAlignment(pair.reference, pair.hypothesis).counts)),
      runs: plainRuns,
    },
    {
      name: 'plain full matrix, words mapped to numbers beforehand',
      run: () =>
        numbers.reduce((total, pair) => total + editTotal(plainAlignment(...pair).counts), 0),
      runs: plainRuns,
    },
    {
      name: 'fastest-levenshtein (distance only)',
      run: sum((pair) => libraryDistance(...asCharacters(pair))),
      runs,
    },
    {
      name: 'fastest-levenshtein, words mapped to characters beforehand',
      run: () => characters.reduce((total, pair) => total + libraryDistance(...pair), 0),
      runs,
    },
  ];
}

function report(workload: Workload): void {
  const all = methods(workload);
  const errors = all.map(({ run }) => run());
  if (new Set(errors).size !== 1) throw new Error(`The methods disagree: ${errors.join(', ')}`);
  const words = workload.pairs.reduce((total, pair) => total + pair.reference.length, 0);
  console.log(`\n${workload.name}: ${words} reference words, ${errors[0]!} errors`);
  const times = all.map(medianMs);
  all.forEach(({ name, runs }, index) => {
    const ratio = times[index]! / times[0]!;
    console.log(
      `  ${name.padEnd(58)}${times[index]!.toFixed(2).padStart(9)} ms` +
        `${ratio.toFixed(2).padStart(8)} x  (median of ${runs})`,
    );
  });
}

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`);
console.log('x: time as a multiple of the RTBench alignment');
const workloads: Workload[] = [
  { name: '10,000 words, 10 % errors', pairs: makePairs(1, 10_000, 0.1), runs: 21 },
  { name: '10,000 words, 50 % errors', pairs: makePairs(1, 10_000, 0.5), runs: 21 },
  { name: '10,000 pairs of 20 words, 10 % errors', pairs: makePairs(10_000, 20, 0.1), runs: 21 },
  { name: '10,000 pairs of 20 words, 50 % errors', pairs: makePairs(10_000, 20, 0.5), runs: 21 },
];
workloads.forEach(report);
