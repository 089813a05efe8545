// Runs the tests in the real workbench, one file after the other. A file that fails is run once more:
// whole programs share a machine here, and what fails twice is no accident. Both runs are printed.
import { once } from 'node:events';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

const fileTimeoutMs = 600_000;

/** The files of which a test failed. */
async function failing(files: string[]): Promise<string[]> {
  const failed = new Set<string>();
  const stream = run({ files, concurrency: 1, timeout: fileTimeoutMs });
  stream.on('test:fail', ({ file }) => {
    failed.add(file ?? 'a file that is not named');
  });
  const printed = stream.pipe(new spec());
  printed.pipe(process.stdout);
  await once(printed, 'end');
  return [...failed];
}

const folder = path.join(import.meta.dirname, 'workbench');
const files = (await readdir(folder))
  .filter((name) => name.endsWith('.test.ts'))
  .sort()
  .map((name) => path.join(folder, name));
const failed = await failing(files);
if (failed.length > 0) {
  const names = failed.map((file) => path.basename(file)).join(', ');
  console.log(`\nFailed, and run once more: ${names}\n`);
  const again = await failing(failed);
  process.exitCode = again.length > 0 ? 1 : 0;
  console.log(again.length > 0 ? '\nFailed twice.' : `\nPassed at the second attempt: ${names}`);
}
