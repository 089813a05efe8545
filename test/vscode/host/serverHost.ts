#!/usr/bin/env node
// Stands in for VS Code's desktop executable, so that `@vscode/test-electron` drives the server
// build: takes the same flags, runs the same suite, ends with the same exit code.
// RTBENCH_VSCODE says which version.
import path from 'node:path';
import { errorText } from '../../../src/common/benchError.ts';
import { parseHostFlags } from './hostFlags.ts';
import { runInServer } from './runInServer.ts';

const server = process.env.RTBENCH_VSCODE === 'floor' ? 'floor' : 'newest';
const root = path.join(import.meta.dirname, '..', '..', '..');

try {
  process.exitCode = await runInServer(parseHostFlags(process.argv.slice(2)), {
    server,
    silenceMs: 180_000,
    logsDir: path.join(root, '.vscode-test', 'logs', server),
    print: (line) => {
      console.log(line);
    },
  });
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
