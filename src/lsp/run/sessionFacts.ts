import { parseTree, type Node } from 'jsonc-parser';
import type { FileSession } from '../../runfile/runSchema.ts';
import { timelineAxis, type TimelineAxis } from '../../timeline/axis.ts';
import { deltaTable, type DeltaTableRow } from '../../timeline/deltaTable.ts';
import type { TimelineSession } from '../../timeline/timelineSession.ts';
import type { SessionTrace } from '../../trace/sessionTrace.ts';
import { readSession } from './readSession.ts';
import type { RunHead } from './runHead.ts';

/** All that is known of a session whose text is in sight. Offsets are those within it. */
export interface SessionFacts {
  tree: Node;
  file: FileSession;
  /** Null where it has no trace, or a broken one. */
  timings: SessionTimings | null;
}

/** When everything in a session happened. */
export interface SessionTimings {
  trace: SessionTrace;
  axis: TimelineAxis;
  timeline: TimelineSession;
  /** By place among the received messages; only those with text. */
  deltas: ReadonlyMap<number, DeltaTableRow>;
}

/** Null where the text is no session. */
export function readSessionFacts(text: string, head: RunHead): SessionFacts | null {
  const { file, traced } = readSession(text, head);
  const tree = parseTree(text);
  if (!file || !tree) return null;
  if (!traced) return { tree, file, timings: null };
  const { trace } = traced.session;
  const timeline = head.lanes.build(traced.session, { key: file.id, audioKey: '' });
  const rows = deltaTable(timeline);
  const deltas = new Map(rows.map((row) => [timeline.deltas.messages[row.index]!, row]));
  return { tree, file, timings: { trace, axis: timelineAxis(trace), timeline, deltas } };
}
