import { isDeepStrictEqual } from 'node:util';
import type { FileSession } from './runSchema.ts';
import type { FileSummary } from './summarySchema.ts';

/** All figures of a run: those of its endpoints and of its sessions. */
export interface RunFigures {
  summary: readonly FileSummary[];
  sessions: readonly Pick<FileSession, 'figures'>[];
}

/**
 * Whether figures agree in every metric that both sides have. A metric that another version added
 * or left out changes nothing in the definitions of the others.
 */
export function sameFigures(one: RunFigures, other: RunFigures): boolean {
  const figuresOf = ({ sessions }: RunFigures) => sessions.map(({ figures }) => figures);
  const [oneOwn, otherOwn] = [figuresOf(one), figuresOf(other)];
  if (isDeepStrictEqual(one.summary, other.summary) && isDeepStrictEqual(oneOwn, otherOwn)) {
    return true;
  }
  const otherIds = metricsIn(other.summary);
  const shared = new Set([...metricsIn(one.summary)].filter((id) => otherIds.has(id)));
  return (
    isDeepStrictEqual(
      one.summary.map((summary) => summaryOf(shared, summary)),
      other.summary.map((summary) => summaryOf(shared, summary)),
    ) &&
    isDeepStrictEqual(
      oneOwn.map((figures) => sessionFiguresOf(shared, figures)),
      otherOwn.map((figures) => sessionFiguresOf(shared, figures)),
    )
  );
}

/** The metrics that a run's summary has, with a value or without. */
export function metricsIn(summary: readonly FileSummary[]): ReadonlySet<string> {
  return new Set(
    summary.flatMap(({ run, metrics, flags, labels, pooled }) =>
      [run, metrics, flags, labels, pooled].flatMap((figures) => Object.keys(figures)),
    ),
  );
}

function summaryOf(ids: ReadonlySet<string>, summary: FileSummary): FileSummary {
  const { run, runMissing, metrics, partial, flags, labels, pooled } = summary;
  return {
    ...summary,
    run: only(ids, run),
    runMissing: only(ids, runMissing),
    metrics: only(ids, metrics),
    partial: only(ids, partial),
    flags: only(ids, flags),
    labels: only(ids, labels),
    pooled: only(ids, pooled),
  };
}

function sessionFiguresOf(
  ids: ReadonlySet<string>,
  figures: FileSession['figures'],
): FileSession['figures'] {
  const missing = Object.entries(figures.missing).map(([reason, absent]): [string, string[]] => [
    reason,
    absent.filter((id) => ids.has(id)),
  ]);
  return {
    ...figures,
    metrics: only(ids, figures.metrics),
    missing: Object.fromEntries(missing.filter(([, absent]) => absent.length > 0)),
  };
}

function only<Value>(
  ids: ReadonlySet<string>,
  figures: Readonly<Record<string, Value>>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(figures).filter(([id]) => ids.has(id)));
}
