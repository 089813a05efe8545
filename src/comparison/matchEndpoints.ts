import type { RunReport } from '../runfile/runReport.ts';
import { ComparisonError } from './comparisonError.ts';

/** Which endpoint of the baseline is compared with which of a candidate. */
export interface EndpointMatch {
  baseline: string;
  candidate: string;
}

/**
 * The endpoints of two runs that belong together: those chosen; else those of the same id; else
 * the only one of each. Throws a {@link ComparisonError} where that leaves none.
 *
 * @param chosen an endpoint id for either run; null leaves it to the rule
 */
export function matchEndpoints(
  baseline: RunReport,
  candidate: RunReport,
  chosen: { baseline: string | null; candidate: string | null },
): EndpointMatch[] {
  const ofBaseline = choose(baseline, chosen.baseline);
  const ofCandidate = choose(candidate, chosen.candidate);
  const [onlyBaseline, ...othersOfBaseline] = ofBaseline;
  const [onlyCandidate, ...othersOfCandidate] = ofCandidate;
  if (onlyBaseline === undefined || onlyCandidate === undefined) {
    const empty = onlyBaseline === undefined ? baseline : candidate;
    throw new ComparisonError('endpoint_unknown', `${nameOf(empty)} has no endpoint.`);
  }
  if (othersOfBaseline.length === 0 && othersOfCandidate.length === 0) {
    return [{ baseline: onlyBaseline, candidate: onlyCandidate }];
  }
  const shared = ofBaseline.filter((id) => ofCandidate.includes(id));
  if (shared.length > 0) return shared.map((id) => ({ baseline: id, candidate: id }));
  throw new ComparisonError(
    'endpoint_ambiguous',
    `${nameOf(baseline)} has the endpoints ${listOf(ofBaseline)} and ${nameOf(candidate)} has ` +
      `${listOf(ofCandidate)}: none is in both. Choose one of each run.`,
  );
}

function choose({ run }: RunReport, chosen: string | null): string[] {
  const ids = run.endpoints.map(({ id }) => id);
  if (chosen === null) return ids;
  if (ids.includes(chosen)) return [chosen];
  throw new ComparisonError(
    'endpoint_unknown',
    `${nameOf({ run })} has no endpoint "${chosen}". It has ${listOf(ids)}.`,
  );
}

function nameOf({ run }: Pick<RunReport, 'run'>): string {
  return `The run "${run.info.title}"`;
}

function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : ids.map((id) => `"${id}"`).join(', ');
}
