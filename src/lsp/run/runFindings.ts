import { sanitiseText } from '../../transport/sanitiseText.ts';
import { formatThreshold } from '../../plan/threshold.ts';
import { placeOf } from '../../planfile/nodePlace.ts';
import { checkThresholds } from '../../runfile/checkThresholds.ts';
import { figureText } from '../plan/thresholdResults.ts';
import { runFileSchema } from '../../runfile/runSchema.ts';
import type { Finding } from '../remarks/finding.ts';
import type { Place } from '../remarks/place.ts';
import { readJson, shortPlace } from './jsonPlaces.ts';
import type { RunDocument, SessionEntry } from './runDocument.ts';

/** What is wrong with a run as a whole. */
export function headFindings(document: RunDocument): Finding[] {
  const { head, problem } = document;
  if (!head) {
    return problem === null
      ? []
      : [finding(problemPlace(document), 'error', 'run-invalid', problem)];
  }
  const missed = checkThresholds(head.plan.thresholds, head.summary).filter(({ met }) => !met);
  const repeated = repeatedIds(document.sessions);
  if (missed.length === 0) return repeated;
  const json = readJson(document.headText);
  return [
    ...missed.map(({ threshold, endpoint, value }) => {
      const found = figureText(threshold.metric, value);
      const message = `Missed by ${sanitiseText(endpoint, 60)}: ${formatThreshold(threshold)}, found ${found}.`;
      const path = ['plan', 'thresholds', head.plan.thresholds.indexOf(threshold)];
      const place = movedPlace(placeOf(json.tree!, path), document);
      return finding(place, 'error', 'threshold-missed', message);
    }),
    ...repeated,
  ];
}

/** A session's findings where they are in the document's text. */
export function findingsOf({ place, reading }: SessionEntry): Finding[] {
  const { text, findings } = reading;
  if (findings.length === 0) return [];
  const json = readJson(text);
  return findings.map(({ path, severity, code, message }) => {
    const { offset, length } = json.errorAt ?? shortPlace(json, path);
    return finding({ offset: place.offset + offset, length }, severity, code, message);
  });
}

function repeatedIds(sessions: readonly SessionEntry[]): Finding[] {
  const known = new Set<string>();
  return sessions.flatMap(({ place }) => {
    if (!known.has(place.id)) {
      known.add(place.id);
      return [];
    }
    const where = { offset: place.offset, length: 1 };
    const message = `Another session has the id ${sanitiseText(place.id, 60)} already.`;
    return [finding(where, 'error', 'session-repeated', message)];
  });
}

/** Where the text is no run: what is not JSON, or the first value that the schema refuses. */
function problemPlace(document: RunDocument): Place {
  const json = readJson(document.headText);
  if (json.errorAt) return movedPlace(json.errorAt, document);
  const issues = runFileSchema.safeParse(JSON.parse(document.headText)).error?.issues ?? [];
  // Another format is why the rest is different.
  const issue = issues.find(({ path }) => path[0] === 'format') ?? issues[0];
  const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
  return movedPlace(shortPlace(json, path), document);
}

/** What stands behind the sessions is further on than in the text without them. */
function movedPlace({ offset, length }: Place, { list }: RunDocument): Place {
  const isBehind = list !== null && offset >= list.offset;
  return { offset: isBehind ? offset + list.length : offset, length };
}

function finding(
  { offset, length }: Place,
  severity: Finding['severity'],
  code: string,
  message: string,
): Finding {
  return { offset, length, severity, code, message, fixes: [] };
}
