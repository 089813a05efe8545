import * as vscode from 'vscode';

const key = 'rtbench.journals';
/** Only benchmarks that could not be brought to an end leave one. */
const mostKnown = 50;

/** Remembers where a benchmark keeps its journal, which may be outside of any workspace. */
export async function rememberJournal(memory: vscode.Memento, journal: string): Promise<void> {
  const known = read(memory).filter((each) => each !== journal);
  await memory.update(key, [...known, journal].slice(-mostKnown));
}

/** The journals that are still there; the others are forgotten. */
export async function knownJournals(memory: vscode.Memento): Promise<string[]> {
  const known = read(memory);
  const exist = await Promise.all(known.map(exists));
  const left = known.filter((_, index) => exist[index]);
  if (left.length < known.length) await memory.update(key, left);
  return left;
}

function read(memory: vscode.Memento): string[] {
  const value = memory.get<unknown>(key);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

async function exists(journal: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.file(journal));
    return true;
  } catch {
    return false;
  }
}
