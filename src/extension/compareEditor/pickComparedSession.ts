import path from 'node:path';
import * as vscode from 'vscode';
import type { SessionPlace } from './compareReaderMessages.ts';

/** Asks which of the sessions that are compared is meant, if there are several. */
export async function pickComparedSession(
  sessions: readonly SessionPlace[],
): Promise<SessionPlace | undefined> {
  if (sessions.length < 2) return sessions[0];
  const items = sessions.map((session) => {
    const file = path.posix.basename(vscode.Uri.parse(session.run, true).path);
    return { label: `${session.letter}: ${session.endpoint}`, description: file, session };
  });
  const placeHolder = 'Transcript of which session?';
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.session;
}
