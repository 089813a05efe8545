import { embeddedUrl } from '../plan/embeddedUrl.ts';
import { sessionsAtOnce } from '../plan/loadLimits.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunReport } from '../runfile/runReport.ts';

type Summary = RunReport['summary'][number];

/**
 * That this computer, not the server, was too slow for the figures to be taken as they stand:
 * what it means and what helps. Nothing where the audio was sent on time.
 */
export function pacingWarnings({ run, summary }: RunReport): string[] {
  return summary.flatMap((each) => {
    const meaning = meaningOf(each);
    if (meaning === null) return [];
    const { url } = run.endpoints.find(({ id }) => id === each.endpoint) ?? {};
    return [`Endpoint "${each.endpoint}": ${meaning} ${remedy(run.plan, url === embeddedUrl)}`];
  });
}

/** A timestamp is as good as the loop that takes it is punctual. */
const lateClockUs = 10_000;

/** That times of arrival may be later than the arrival; nothing where the clock was punctual. */
export function clockWarnings({ run }: RunReport): string[] {
  const lateUs = run.environment.clock?.eventLoopDelayP99Us ?? 0;
  if (lateUs < lateClockUs) return [];
  const lateMs = Math.round(lateUs / 1000);
  return [
    `The measuring process was held up: 1 % of the time by ${lateMs} ms or more. ` +
      'Times of arrival may be that much late. Run it again with less else running on this computer.',
  ];
}

function meaningOf({ pacingQuality, pooled }: Summary): string | null {
  const p99Ms = pooled.send_lateness?.pooled.p99.value ?? null;
  const extent = p99Ms === null ? '' : ` (1 % of it by ${Math.round(p99Ms)} ms or more)`;
  switch (pacingQuality) {
    case 'degraded':
      return (
        `pacing degraded. This computer sent some of the audio late${extent}, ` +
        'so delays can look longer than the server made them.'
      );
    case 'invalid':
      return (
        `pacing invalid. This computer sent audio much too late${extent}. Delays counted from ` +
        'the spoken words are left out where that happened; the others say little of the server.'
      );
    case 'ok':
    case null:
      return null;
  }
}

function remedy({ load }: Plan, isEmbedded: boolean): string {
  const fewer = sessionsAtOnce(load) === 1 ? '' : 'fewer sessions at once, or with ';
  const itself = isEmbedded ? ', where the recogniser computes too' : '';
  return `Run it again with ${fewer}less else running on this computer${itself}.`;
}
