import { createHash } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunProgressMessage, SessionEnded } from '../../runner/runnerMessages.ts';
import { runTitle } from '../../runner/runName.ts';
import { journalPath } from '../../runfile/runFileName.ts';
import type { ConfiguredEndpoint, Services } from '../services.ts';
import { setContext } from '../setContext.ts';
import { errorText } from '../../common/benchError.ts';
import { planSettings } from './benchmarkSettings.ts';
import { buildPlan } from './buildPlan.ts';
import { pacingProfile } from './pacingProfiles.ts';
import { RunnerError, unsavedBecause } from '../../runner/runnerError.ts';
import { askRunner } from './runnerProgram.ts';
import { runTask } from './runTask.ts';
import type { TranscriptDocuments } from './transcriptDocuments.ts';
import type { TranscriptOutcome } from './transcriptText.ts';

/** Sends one audio file to one endpoint as a microphone would and shows the text growing. */
export async function transcribe(
  services: Services,
  documents: TranscriptDocuments,
  { audio, endpoint }: { audio: vscode.Uri; endpoint: ConfiguredEndpoint },
  stop: AbortController,
): Promise<void> {
  const plan = buildPlan({
    endpoints: [endpoint],
    dataset: audio.fsPath,
    profile: pacingProfile('realtime-1'),
    settings: planSettings(audio),
  });
  const audioName = path.basename(audio.fsPath);
  const file = await transcriptFile(services, audio);
  const begin = { audioName, endpointName: endpoint.name, text: '', audioMs: 0, outcome: null };
  const uri = await documents.open(begin, () => {
    stop.abort();
  });
  const title = runTitle(plan);
  const live = services.live.begin({ title, plan, file });
  const ending: { session: SessionEnded | null } = { session: null };
  const onProgress = (message: RunProgressMessage): void => {
    if (message.type === 'trace') live.report(message);
    const { text, audioMs } = message.type === 'text' ? message : {};
    if (text !== undefined && audioMs !== undefined) documents.update(uri, { text, audioMs });
    if (message.type === 'sessionEnded') ending.session = message;
  };
  const what = `Transcription of ${audioName} with "${endpoint.name}"`;
  services.log.info(`${what} starts.`);
  setContext('rtbench.benchmarkRunning', true);
  try {
    const request = { plan, title, file, replace: true, live: true };
    const task = await runTask(services, request, stop.signal);
    const finished = await askRunner(services, task, {
      signal: stop.signal,
      onProgress,
      watch: live,
    });
    live.end(null);
    const outcome = outcomeOf(ending.session);
    documents.update(uri, { outcome }, finished.file);
    if (outcome.type === 'failed') services.log.warn(`${what} failed: ${outcome.message}`);
    else services.log.info(`${what} is ${outcome.type}.`);
  } catch (error) {
    live.end(unsavedBecause(error));
    const outcome = outcomeOfError(error);
    documents.update(uri, { outcome });
    if (outcome.type === 'failed') services.log.error(`${what} failed: ${outcome.message}`);
    else services.log.info(`${what} was stopped.`);
  } finally {
    setContext('rtbench.benchmarkRunning', false);
  }
}

/** Out of the user's folders, and one per audio file: exploring must not leave litter. */
async function transcriptFile({ context }: Services, audio: vscode.Uri): Promise<string> {
  const storage = context.storageUri ?? context.globalStorageUri;
  const { dir, base } = path.parse(audio.fsPath);
  // Files of the same name lie in different folders. The file's own name is what tabs show.
  const place = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const folder = vscode.Uri.joinPath(storage, 'transcripts', place);
  await vscode.workspace.fs.createDirectory(folder);
  const { fsPath } = vscode.Uri.joinPath(folder, `${base}.rtbench.json`);
  // One that was interrupted is worth nothing here, and would be in the way.
  await vscode.workspace.fs.delete(vscode.Uri.file(journalPath(fsPath))).then(undefined, () => {
    // There is none.
  });
  return fsPath;
}

function outcomeOf(session: SessionEnded | null): TranscriptOutcome {
  if (session?.failure?.reason === 'cancelled') return { type: 'stopped' };
  if (session?.failure) return { type: 'failed', message: session.failure.message };
  const { ttftMs, tailMs } = session ?? { ttftMs: null, tailMs: null };
  return { type: 'complete', ttftMs, tailMs };
}

function outcomeOfError(error: unknown): TranscriptOutcome {
  const stopped = error instanceof RunnerError && error.reason === 'cancelled';
  return stopped ? { type: 'stopped' } : { type: 'failed', message: errorText(error) };
}
