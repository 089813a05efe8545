import path from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { LaneRef } from '../timeline/laneRef.ts';
import type { SessionChoice } from '../timeline/timelineReaderMessages.ts';
import { transcriptScheme } from './transcriptScheme.ts';

/** VS Code cuts longer labels anyway. */
const mostLabelCharacters = 60;

const querySchema = z.tuple([z.string(), z.string()]);

type NamedSession = Pick<SessionChoice, 'id' | 'endpointId' | 'utteranceId' | 'repeat'>;

/**
 * The address of a session's transcript. It names run file and session, so that the document comes
 * back after a restart; its last segment is the tab's label, and the one before tells runs apart.
 */
export function transcriptUri(run: vscode.Uri, session: NamedSession): vscode.Uri {
  const file = path.posix.basename(run.path).replace(/\.rtbench\.json$/, '');
  return vscode.Uri.from({
    scheme: transcriptScheme,
    path: `/${segment(file)}/${segment(sessionLabel(session))}.rttranscript`,
    query: JSON.stringify([run.toString(), session.id]),
  });
}

/** A session as people tell it from others of its run. */
export function sessionLabel({ utteranceId, endpointId, repeat }: NamedSession): string {
  const names = [utteranceId, endpointId, ...(repeat > 0 ? [`repeat ${repeat + 1}`] : [])];
  return names.join(' · ');
}

/** The session of an address; null where it is not one of ours. {@link transcriptUri} makes them. */
export function sessionOfUri({ scheme, query }: vscode.Uri): LaneRef | null {
  if (scheme !== transcriptScheme) return null;
  try {
    const parsed = querySchema.safeParse(JSON.parse(query));
    if (!parsed.success) return null;
    const [run, sessionId] = parsed.data;
    vscode.Uri.parse(run, true);
    return { run, sessionId };
  } catch {
    return null;
  }
}

function segment(name: string): string {
  return sanitiseText(name, mostLabelCharacters).replaceAll(/[\\/]/g, '-').trim() || 'Session';
}
