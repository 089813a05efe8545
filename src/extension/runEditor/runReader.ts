import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { BenchError, errorText } from '../../common/benchError.ts';
import { parseRunFile } from '../../runfile/readRunFile.ts';
import type { RunReport } from '../../runfile/runReport.ts';
import { buildRunView } from '../../runview/buildRunView.ts';
import { buildSessionDetail } from '../../runview/buildSessionDetail.ts';
import { problemKinds, type RunProblemKind } from '../../runview/runEditorMessages.ts';
import type { ThreadMessage } from '../requestThread.ts';
import type {
  ReaderAnswers,
  ReaderRequest,
  ReadResult,
  ReplacedText,
  RunTextField,
} from './readerMessages.ts';

// A thread of its own: reading a large run takes seconds, which the extension host must not lose.

let lastReport: RunReport | null = null;

function read(text: string, file: string): ReadResult {
  try {
    lastReport = parseRunFile(text, file);
    return { view: buildRunView(lastReport), problem: null };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const message: string = error.message.replaceAll(file, path.basename(file));
    return { view: null, problem: { kind: problemKind(String(error.reason)), message } };
  }
}

function problemKind(reason: string): RunProblemKind {
  return problemKinds.find((kind) => kind === reason) ?? 'run_invalid';
}

/** The smallest change that gives the field its value. */
function edit(text: string, field: RunTextField, value: string): ReplacedText[] {
  const place = ['run', field];
  const tree = parseTree(text);
  if (!tree || !findNodeAtLocation(tree, place)) return [];
  return modify(text, place, value, {});
}

function answer(request: ReaderRequest): ReaderAnswers[keyof ReaderAnswers] {
  switch (request.type) {
    case 'read':
      return read(request.text, request.file);
    case 'detail':
      return lastReport && buildSessionDetail(lastReport, request.sessionId);
    case 'edit':
      return edit(request.text, request.field, request.value);
  }
}

parentPort?.on('message', ({ id, request }: { id: number; request: ReaderRequest }) => {
  let reply: ThreadMessage<ReaderAnswers[keyof ReaderAnswers], never>;
  try {
    reply = { id, result: answer(request) };
  } catch (error) {
    reply = { id, error: errorText(error) };
  }
  parentPort?.postMessage(reply);
});
