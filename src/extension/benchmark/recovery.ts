import * as vscode from 'vscode';
import type { JournalState } from '../../runner/runnerMessages.ts';
import { reportError } from '../reportError.ts';
import { openRun } from '../runEditor/openRun.ts';
import type { Services } from '../services.ts';
import { recoveryMessage } from './recoveryMessage.ts';
import { askRunner } from './runnerProgram.ts';
import { knownJournals } from './knownJournals.ts';
import { workspaceJournals } from './workspaceFiles.ts';
import { tell } from '../tell.ts';

/** Offers to recover the benchmarks that another session of VS Code could not bring to an end. */
export async function offerRecovery(services: Services): Promise<void> {
  const files = [
    ...new Set([
      ...(await workspaceJournals()),
      ...(await knownJournals(services.context.globalState)),
    ]),
  ];
  if (files.length === 0) return;
  const { journals, problems } = await askRunner(services, { type: 'inspect', journals: files });
  for (const problem of problems) services.log.warn(problem);
  const interrupted = journals.filter(({ live }) => !live);
  if (interrupted.length > 0) await offer(services, interrupted);
}

async function offer(services: Services, interrupted: readonly JournalState[]): Promise<void> {
  const recover = 'Recover';
  const discard = 'Delete';
  const worthwhile = interrupted.filter(({ sessions }) => sessions > 0);
  const chosen = await tell.warning(
    recoveryMessage(interrupted),
    ...(worthwhile.length > 0 ? [recover] : []),
    discard,
  );
  if (chosen === recover) {
    await recoverJournals(
      services,
      worthwhile.map(({ journal }) => journal),
    );
  }
  if (chosen === discard) await discardJournals(services, interrupted);
}

/** Makes run files of journals and opens them. What goes wrong is reported. */
export async function recoverJournals(
  services: Services,
  journals: readonly string[],
): Promise<void> {
  for (const journal of journals) {
    try {
      const recovered = await askRunner(services, { type: 'recover', journal });
      const { file, sessions, plannedSessions } = recovered;
      services.log.info(`Recovered ${sessions} of ${plannedSessions} sessions: ${file}`);
      await openRun(vscode.Uri.file(file));
    } catch (error) {
      reportError(services.log, 'The benchmark could not be recovered', error);
    }
  }
}

async function discardJournals(
  { log }: Services,
  journals: readonly JournalState[],
): Promise<void> {
  for (const { journal } of journals) {
    await vscode.workspace.fs.delete(vscode.Uri.file(journal));
    log.info(`Deleted ${journal}`);
  }
}
