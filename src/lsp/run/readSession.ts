import { errorText } from '../../common/benchError.ts';
import type { RunSession, RunUtterance } from '../../runfile/run.ts';
import { sessionSchema, type FileSession } from '../../runfile/runSchema.ts';
import { traceFromColumns } from '../../runfile/traceColumns.ts';
import type { RunHead } from './runHead.ts';
import type { SessionFinding } from './sessionFinding.ts';

/** A session of a run file, as far as its text is one. */
export interface ReadSession {
  /** Null where the text is no session. */
  file: FileSession | null;
  /** Null too where there is no trace, or it cannot be put together. */
  traced: TracedSession | null;
  /** Why something is null. */
  problems: SessionFinding[];
}

export interface TracedSession {
  session: RunSession;
  utterance: RunUtterance;
}

/** Reads the text of a session. Never throws. */
export function readSession(text: string, head: RunHead): ReadSession {
  const json = parsed(text);
  if (json === undefined) {
    const problems = [brokenAt([], 'Not JSON from here on.', 'json-invalid')];
    return { file: null, traced: null, problems };
  }
  const { success, data: file, error } = sessionSchema.safeParse(json);
  if (!success) {
    const [issue] = error.issues;
    const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
    const message = `Not a session of a run: ${issue?.message ?? 'invalid'}.`;
    return { file: null, traced: null, problems: [brokenAt(path, message, 'session-invalid')] };
  }
  const unknown = unknownNames(file, head);
  const utterance = head.utterances.get(file.utteranceId);
  if (unknown.length > 0 || !utterance) return { file, traced: null, problems: unknown };
  return { file, ...tracedSession(file, utterance, head) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unknownNames(
  { utteranceId, endpointId }: FileSession,
  { utterances, endpoints }: RunHead,
): SessionFinding[] {
  const findings: SessionFinding[] = [];
  if (!utterances.has(utteranceId)) {
    const message = 'The run has no utterance of this id.';
    findings.push(brokenAt(['utteranceId'], message, 'utterance-unknown'));
  }
  if (!endpoints.has(endpointId)) {
    const message = 'The run has no endpoint of this id.';
    findings.push(brokenAt(['endpointId'], message, 'endpoint-unknown'));
  }
  return findings;
}

function tracedSession(
  { id, endpointId, utteranceId, repeat, trace }: FileSession,
  utterance: RunUtterance,
  { plan }: RunHead,
): Pick<ReadSession, 'traced' | 'problems'> {
  if (!trace) return { traced: null, problems: [] };
  try {
    const restored = traceFromColumns(trace, plan.pacing);
    const session = { id, endpointId, utteranceId, repeat, trace: restored };
    return { traced: { session, utterance }, problems: [] };
  } catch (error) {
    const message = `The trace is broken: ${errorText(error)}.`;
    return { traced: null, problems: [brokenAt(['trace'], message, 'trace-broken')] };
  }
}

function brokenAt(path: (string | number)[], message: string, code: string): SessionFinding {
  return { path, severity: 'error', code, message };
}
