import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const fileTimeoutMs = 600_000;

/** Test files that run as many at a time. */
export interface Batch {
  files: string[];
  concurrency: number;
}

/** All test files of a folder, in order. */
export async function testFilesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  return names.map((name) => path.join(folder, name));
}

/**
 * Runs batches one after the other. A file that fails is run once more, by itself: whole programs
 * share a machine here, and what fails twice is no accident. Both runs are printed. A file that
 * fails twice fails the process.
 */
export async function runTestFiles(batches: readonly Batch[]): Promise<void> {
  const failed: string[] = [];
  for (const batch of batches) failed.push(...(await failing(batch)));
  if (failed.length === 0) return;
  const shown = failed.map((file) => path.basename(file)).join(', ');
  console.log(`\nFailed, and run once more: ${shown}\n`);
  const again = await failing({ files: failed, concurrency: 1 });
  process.exitCode = again.length > 0 ? 1 : 0;
  console.log(again.length > 0 ? '\nFailed twice.' : `\nPassed at the second attempt: ${shown}`);
}

/** The files of which a test failed. */
async function failing({ files, concurrency }: Batch): Promise<string[]> {
  const failed = new Set<string>();
  const stream = run({ files, concurrency, timeout: fileTimeoutMs });
  stream.on('test:fail', ({ file }) => {
    failed.add(file ?? 'a file that is not named');
  });
  const printed = stream.pipe(new spec());
  printed.pipe(process.stdout);
  await once(printed, 'end');
  return [...failed];
}
