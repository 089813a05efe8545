// Runs the tests in the real workbench, two files at a time: each of them waits half of its time. A
// file that fails is run once more, by itself: whole programs share a machine here, and what fails
// twice is no accident. Both runs are printed.
import { once } from 'node:events';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

const fileTimeoutMs = 600_000;

/** The first packages anew what others install; the second compares what it has measured itself. */
const alone = ['code.test.ts', 'compare.test.ts'];

/** The files of which a test failed. */
async function failing(files: string[], concurrency: number): Promise<string[]> {
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

const folder = path.join(import.meta.dirname, 'workbench');
const names = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
const inFolder = (name: string): string => path.join(folder, name);
const others = names.filter((name) => !alone.includes(name));
const failed = [
  ...(await failing(alone.map(inFolder), 1)),
  ...(await failing(others.map(inFolder), 2)),
];
if (failed.length > 0) {
  const shown = failed.map((file) => path.basename(file)).join(', ');
  console.log(`\nFailed, and run once more: ${shown}\n`);
  const again = await failing(failed, 1);
  process.exitCode = again.length > 0 ? 1 : 0;
  console.log(again.length > 0 ? '\nFailed twice.' : `\nPassed at the second attempt: ${shown}`);
}
