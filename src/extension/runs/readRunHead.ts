import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import type { RunHeadline } from '../../runlist/headlineFigures.ts';
import { readHeadFromDisk } from '../../runlist/readHeadFromDisk.ts';
import { readHeadline } from '../../runlist/readHeadline.ts';
import { RunHeadText } from '../../runlist/runHeadText.ts';

/** File systems that give a file only as a whole give none larger than this. */
const longestWholeBytes = 60_000_000;

/**
 * Reads what the Runs view shows of a run file. From disk only the part before the sessions is
 * read; other file systems have no streams.
 * @throws BenchError that says what is wrong with the file, or the file system's own error.
 */
export async function readRunHead(uri: vscode.Uri): Promise<RunHeadline> {
  return readHeadline(await readHeadJson(uri), vscode.Uri.joinPath(uri, '..').path);
}

/** JSON of a run file without its utterances and sessions. Throws as {@link readRunHead} does. */
export async function readHeadJson(uri: vscode.Uri): Promise<unknown> {
  if (uri.scheme === 'file') return readHeadFromDisk(uri.fsPath);
  const head = new RunHeadText();
  head.push(await readWhole(uri));
  return head.finish();
}

async function readWhole(uri: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > longestWholeBytes) throw new BenchError('run_invalid', 'The file is too large.');
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
