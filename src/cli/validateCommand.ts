import { Command } from 'commander';
import { readRunFile } from '../runfile/readRunFile.ts';

export const validateCommand = new Command('validate')
  .description('Check a run file: its form, its schema, and its figures against its traces.')
  .argument('<file>', 'a run file (.rtbench.json)')
  .addHelpText('after', '\nExit code: 0 valid, 2 not valid; the message says where and why.')
  .action(async (file: string) => {
    const { run, sessions, warnings } = await readRunFile(file);
    console.log(`${file} is valid: "${run.info.title}", ${sessions.length} sessions.`);
    for (const warning of warnings) console.log(`! ${warning}`);
  });
