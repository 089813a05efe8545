import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { sanitiseText } from '../../transport/sanitiseText.ts';
import { formatThreshold } from '../../plan/threshold.ts';
import { placeOf } from '../../planfile/nodePlace.ts';
import { checkThresholds } from '../../runfile/checkThresholds.ts';
import { figureText } from '../plan/thresholdResults.ts';
import type { Finding } from '../remarks/finding.ts';
import type { Place } from '../remarks/place.ts';
import type { RunDocument, SessionEntry } from './runDocument.ts';
import type { SessionPath } from './sessionFinding.ts';

/** What is wrong with a run as a whole. */
export function headFindings(document: RunDocument): Finding[] {
  const { head, problem } = document;
  if (!head) return problem === null ? [] : [finding(start, 'error', 'run-invalid', problem)];
  const missed = checkThresholds(head.plan.thresholds, head.summary).filter(({ met }) => !met);
  const repeated = repeatedIds(document.sessions);
  if (missed.length === 0) return repeated;
  const tree = parseTree(document.headText);
  const places = head.plan.thresholds.map((_, index) => thresholdPlace(tree, index, document));
  return [
    ...missed.map(({ threshold, endpoint, value }) => {
      const found = figureText(threshold.metric, value);
      const message = `Missed by ${sanitiseText(endpoint, 60)}: ${formatThreshold(threshold)}, found ${found}.`;
      const place = places[head.plan.thresholds.indexOf(threshold)] ?? start;
      return finding(place, 'error', 'threshold-missed', message);
    }),
    ...repeated,
  ];
}

/** A session's findings where they are in the document's text. */
export function findingsOf({ place, text, findings }: SessionEntry): Finding[] {
  if (findings.length === 0) return [];
  const tree = parseTree(text);
  return findings.map(({ path, severity, code, message }) => {
    const { offset, length } = tree ? shortPlace(text, tree, path) : start;
    return finding({ offset: place.offset + offset, length }, severity, code, message);
  });
}

const start: Place = { offset: 0, length: 1 };

/** A value, or the key of one that would mark much of the text. */
function shortPlace(text: string, tree: Node, path: SessionPath): Place {
  const place = placeOf(tree, path);
  const isLarge = /[[{]/.test(text[place.offset] ?? '');
  return isLarge ? placeOf(tree, path, 'key') : place;
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

/** What stands behind the sessions is further on than in the text without them. */
function thresholdPlace(tree: Node | undefined, index: number, { list }: RunDocument): Place {
  const node = tree && findNodeAtLocation(tree, ['plan', 'thresholds', index]);
  if (!node || !list) return start;
  const offset = node.offset < list.offset ? node.offset : node.offset + list.length;
  return { offset, length: node.length };
}

function finding(
  { offset, length }: Place,
  severity: Finding['severity'],
  code: string,
  message: string,
): Finding {
  return { offset, length, severity, code, message, fixes: [] };
}
