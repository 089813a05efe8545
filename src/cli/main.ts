#!/usr/bin/env node
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { errorText } from '../common/benchError.ts';
import { compareCommand } from './compareCommand.ts';
import { detectCommand } from './detectCommand.ts';
import { dialectsCommand } from './dialectsCommand.ts';
import { mcpCommand } from './mcpCommand.ts';
import { lspCommand } from './lspCommand.ts';
import { recoverCommand } from './recoverCommand.ts';
import { runCommand } from './runCommand.ts';
import { scoreCommand } from './scoreCommand.ts';
import { serveCommand } from './serveCommand.ts';
import { showCommand } from './showCommand.ts';
import { validateCommand } from './validateCommand.ts';

/** Exit code for input that cannot be used; 1 says that a benchmark failed. */
const unusableInput = 2;

const program = new Command('rtbench')
  .description('Benchmark realtime speech-recognition endpoints.')
  .version(manifest.version)
  .showHelpAfterError('Add --help for what is possible.')
  .configureHelp({ showGlobalOptions: true });
const commands = [
  runCommand,
  compareCommand,
  showCommand,
  validateCommand,
  recoverCommand,
  scoreCommand,
  dialectsCommand,
  detectCommand,
  serveCommand,
  mcpCommand,
  lspCommand,
];
for (const command of commands) program.addCommand(command);

program.exitOverride();
for (const command of commands) command.exitOverride();

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
});

function exitCodeOf(error: unknown): number {
  if (isCommanderExit(error)) return error.exitCode === 0 ? 0 : unusableInput;
  console.error(`rtbench: ${errorText(error)}`);
  return unusableInput;
}

/** Commander has said what it had to say by the time it throws. */
function isCommanderExit(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'exitCode' in error && 'code' in error;
}
