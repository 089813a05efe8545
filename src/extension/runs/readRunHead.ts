import { createReadStream } from 'node:fs';
import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import type { RunHeadline } from './headlineFigures.ts';
import { readHeadline } from './readHeadline.ts';
import { RunHeadText } from '../../runfile/runHeadText.ts';

/** File systems that give a file only as a whole give none larger than this. */
const longestWholeBytes = 60_000_000;

/**
 * Reads what the Runs view shows of a run file. From disk only the part before the sessions is
 * read; other file systems have no streams.
 * @throws BenchError that says what is wrong with the file, or the file system's own error.
 */
export async function readRunHead(uri: vscode.Uri): Promise<RunHeadline> {
  const head = new RunHeadText();
  if (uri.scheme === 'file') await readFromDisk(uri.fsPath, head);
  else head.push(await readWhole(uri));
  return readHeadline(head.finish(), vscode.Uri.joinPath(uri, '..').path);
}

async function readFromDisk(file: string, head: RunHeadText): Promise<void> {
  const stream = createReadStream(file, { encoding: 'utf8' });
  for await (const text of stream as AsyncIterable<string>) {
    if (head.push(text)) break;
  }
}

async function readWhole(uri: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > longestWholeBytes) throw new BenchError('run_invalid', 'The file is too large.');
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
