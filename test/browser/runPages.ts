// Runs the tests of pages in a real browser, one file at a time: some play sound.
import path from 'node:path';
import { runTestFiles, testFilesOf } from '../support/runTestFiles.ts';

const files = await testFilesOf(path.join(import.meta.dirname, 'webview'));
await runTestFiles([{ files, concurrency: 1 }]);
