// Runs the tests in the real workbench, two files at a time: each of them waits half of its time.
import path from 'node:path';
import { runTestFiles, testFilesOf } from '../support/runTestFiles.ts';

/** The first packages anew what others install; the second compares what it has measured itself. */
const alone = ['code.test.ts', 'compare.test.ts'];

const files = await testFilesOf(path.join(import.meta.dirname, 'workbench'));
const isAlone = (file: string): boolean => alone.includes(path.basename(file));
await runTestFiles([
  { files: files.filter(isAlone), concurrency: 1 },
  { files: files.filter((file) => !isAlone(file)), concurrency: 2 },
]);
