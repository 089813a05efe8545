import type { Finding } from '../../remarks/finding.ts';
import type { PlanDocument } from '../planDocument.ts';
import type { PlanFacts } from '../planFacts.ts';

/** Recorded starts that cannot be repeated. */
export function recordingFindings({ recordings }: PlanDocument, facts: PlanFacts): Finding[] {
  return recordings.flatMap(({ offset, length, value }) => {
    const fact = facts.recordings.get(value);
    if (fact?.kind !== 'unusable') return [];
    const { reason: message } = fact;
    return [
      {
        offset,
        length,
        severity: 'error',
        code: 'recording-unusable',
        message,
        fixes: [],
      } as const,
    ];
  });
}
