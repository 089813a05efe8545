// Runs the tests of pages in a real browser, two files at a time.
import path from 'node:path';
import { runTestFiles, testFilesOf } from '../support/runTestFiles.ts';

const files = await testFilesOf(path.join(import.meta.dirname, 'webview'));
await runTestFiles([{ files, concurrency: 2 }]);
