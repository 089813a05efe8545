import type { ComparedRun, Comparison, PairComparison } from '../comparison/comparison.ts';
import { figureFormat, formatFigure } from '../report/formatFigure.ts';
import { methodText } from '../report/methodText.ts';
import { sideNames } from '../report/sideNames.ts';
import { textErrors } from '../report/textErrors.ts';
import { buildLoadView } from './buildLoadView.ts';
import { compareRow } from './compareRow.ts';
import { compareTrends } from './compareTrends.ts';
import type { ComparePair, CompareRun, CompareView } from './compareView.ts';
import type { LoadedRun } from './loadLevels.ts';
import { pairingText } from './pairingText.ts';

/** A file that was to be compared. */
export interface ComparedFile {
  uri: string;
  /** For people. */
  file: string;
  /** Why it is not in the comparison, and the remedy; null where it is. */
  problem: string | null;
  /** Of its plan. */
  isStarred: boolean;
}

/**
 * What the compare editor shows. Pure.
 *
 * @param files all of them; those without a problem are the comparison's runs, in its order
 * @param reports of these runs
 */
export function buildCompareView(
  files: readonly ComparedFile[],
  comparison: Comparison,
  reports: readonly LoadedRun['report'][],
): CompareView {
  const uris = files.filter(({ problem }) => problem === null).map(({ uri }) => uri);
  const places = uris.map((uri) => files.findIndex((file) => file.uri === uri));
  const pairs = comparison.pairs.map((pair) => comparePair(comparison, pair, { uris, places }));
  const isMany = comparison.runs.length > 2;
  const loaded = comparison.runs.map(({ letter }, at): LoadedRun => ({
    place: places[at]!,
    letter,
    report: reports[at]!,
  }));
  return {
    runs: files.map((file) => compareRun(file, comparison.runs[uris.indexOf(file.uri)] ?? null)),
    pairs,
    trends: isMany ? compareTrends(comparison, places) : [],
    load: isMany ? buildLoadView(loaded) : null,
    method: methodText(comparison),
  };
}

/** Names a pair as long as the same files are compared. */
export function pairKey(
  uris: readonly string[],
  { a, b }: Pick<PairComparison, 'a' | 'b'>,
): string {
  return JSON.stringify([uris[a.run], a.endpoint, uris[b.run], b.endpoint]);
}

/** The compared files: what they are called, and where they are among all files. */
interface Places {
  uris: readonly string[];
  places: readonly number[];
}

function compareRun(
  { uri, file, problem, isStarred }: ComparedFile,
  run: ComparedRun | null,
): CompareRun {
  return {
    uri,
    letter: run?.letter ?? null,
    title: run?.title ?? file,
    file,
    startedAtMs: run && Date.parse(run.startedAt),
    warnings: run?.warnings ?? [],
    problem,
    isStarred,
  };
}

function comparePair(
  comparison: Comparison,
  pair: PairComparison,
  { uris, places }: Places,
): ComparePair {
  const letters = sideNames(comparison, pair);
  const { a, b, conclusion, gate, pairing, metrics, errors, texts, figures } = pair;
  return {
    key: pairKey(uris, pair),
    a: { run: places[a.run]!, letter: letters[0], endpoint: a.endpoint },
    b: { run: places[b.run]!, letter: letters[1], endpoint: b.endpoint },
    conclusion: { verdict: conclusion.verdict, text: conclusion.text },
    gate: {
      differences: gate.differences.map(({ id, severity, message }) => ({ id, severity, message })),
      conditions: gate.conditions.map((one) => ({
        what: one.what,
        a: one.a,
        b: one.b,
        differs: one.differs,
      })),
    },
    pairing: {
      text: pairingText(pairing),
      notes: pairing.notes,
      onlyA: pairing.onlyA.map(({ id }) => id),
      onlyB: pairing.onlyB.map(({ id }) => id),
    },
    rows: metrics.map((row) => compareRow(row, pair, letters)),
    failures: errors.failures.map((failure) => ({
      reason: failure.reason,
      a: failure.a,
      b: failure.b,
      isNew: errors.newReasons.includes(failure.reason),
    })),
    texts: texts.map((text) => ({
      key: text.key,
      unit: text.unit,
      summary: textErrors(text),
      words: text.words,
    })),
    figures: figures.map(runFigure),
  };
}

function runFigure({
  metric,
  label,
  unit,
  a,
  b,
}: PairComparison['figures'][number]): ComparePair['figures'][number] {
  const format = figureFormat(metric, unit, Math.max(Math.abs(a), Math.abs(b)));
  return { label, a: formatFigure(a, format), b: formatFigure(b, format) };
}
