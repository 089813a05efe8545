import path from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { tell } from '../tell.ts';
import { pickRun, pickSession } from '../timeline/pickSession.ts';
import { withTrace } from '../timeline/readRun.ts';
import { sessionItems } from '../timeline/sessionItems.ts';
import type { SessionChoice } from '../timeline/timelineReaderMessages.ts';
import type { TranscriptReader } from './transcriptReader.ts';

/** A session and the run it is of. */
export interface ChosenSession {
  run: vscode.Uri;
  session: SessionChoice;
}

/** Asks for what is not given; undefined where the user gave up. */
export async function askForSession(
  { services, reader }: { services: Services; reader: TranscriptReader },
  given: vscode.Uri | undefined,
): Promise<ChosenSession | undefined> {
  const run = given ?? (await pickRun(services, 'Transcript of which run?'));
  if (!run) return undefined;
  const sessions = withTrace(await reader.sessions(run), run);
  const session = await pickSession(sessions, 'Transcript of which session?');
  return session && { run, session };
}

/** Asks what to compare with: what heard the same in the same run, or a session of another. */
export async function askForOther(
  { services, reader }: { services: Services; reader: TranscriptReader },
  { run, session }: ChosenSession,
): Promise<ChosenSession | undefined> {
  const fitting = (await reader.sessions(run)).filter(
    ({ id, utteranceId, hasTrace }) =>
      hasTrace && id !== session.id && utteranceId === session.utteranceId,
  );
  const placeHolder = `Compare ${session.utteranceId} with which session?`;
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  const another = { label: '$(folder-opened) A session of another run…', session: null };
  const chosen =
    fitting.length === 0
      ? another
      : await vscode.window.showQuickPick([...sessionItems(fitting), another], options);
  if (!chosen) return undefined;
  if (chosen.session) return { run, session: chosen.session };
  const other = await pickRun(services, 'Compare with a session of which run?');
  return other && askForCounterpart(reader, other, session);
}

/** Asks only where several sessions of the other run heard the same, or none did. */
async function askForCounterpart(
  reader: TranscriptReader,
  run: vscode.Uri,
  { utteranceId }: SessionChoice,
): Promise<ChosenSession | undefined> {
  const sessions = withTrace(await reader.sessions(run), run);
  const fitting = sessions.filter((other) => other.utteranceId === utteranceId);
  const name = path.posix.basename(run.path);
  const session = await pickSession(
    fitting.length > 0 ? fitting : sessions,
    `Compare with which session of ${name}?`,
  );
  return session && { run, session };
}

/** Asks for an utterance that both runs have; undefined where the user gave up or there is none. */
export async function askForPair(
  reader: TranscriptReader,
  [first, second]: readonly [vscode.Uri, vscode.Uri],
): Promise<[ChosenSession, ChosenSession] | undefined> {
  const others = withTrace(await reader.sessions(second), second);
  const fitting = withTrace(await reader.sessions(first), first).filter((session) =>
    counterpartOf(session, others),
  );
  if (fitting.length === 0) {
    void tell.information('These runs have no utterance in common.');
    return undefined;
  }
  const session = await pickSession(fitting, 'Compare the transcripts of which session?');
  const other = session && counterpartOf(session, others);
  return (
    other && [
      { run: first, session },
      { run: second, session: other },
    ]
  );
}

/** The session that heard the same, best at the same endpoint and at the same time. */
export function counterpartOf(
  { utteranceId, endpointId, repeat }: SessionChoice,
  others: readonly SessionChoice[],
): SessionChoice | undefined {
  const fitting = others.filter((other) => other.utteranceId === utteranceId);
  const rank = (other: SessionChoice) =>
    2 * Number(other.endpointId === endpointId) + Number(other.repeat === repeat);
  return fitting.toSorted((a, b) => rank(b) - rank(a))[0];
}
