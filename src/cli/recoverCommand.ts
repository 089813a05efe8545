import { access } from 'node:fs/promises';
import { Command } from 'commander';
import { BenchError } from '../common/benchError.ts';
import { runFilePath } from '../runfile/runFileName.ts';
import { recoverRun } from '../runfile/runJournal.ts';
import { writeRunFile } from '../runfile/writeRunFile.ts';

export const recoverCommand = new Command('recover')
  .description('Make a run file from the journal of a run that was killed.')
  .argument('<journal>', 'the journal it left (.rtbench.journal)')
  .option('--out <file>', 'run file to write (default: beside the journal)')
  .option('--force', 'replace a run file that is there already')
  .action(async (journal: string, options: { out?: string; force?: boolean }) => {
    const run = await recoverRun(journal);
    const file = options.out ?? runFilePath(journal);
    if (!options.force && (await exists(file))) {
      throw new BenchError(
        'file_exists',
        `${file} is there already. Name another with --out, or replace it with --force.`,
      );
    }
    const { sessions } = await writeRunFile(file, run);
    console.log(
      `Saved ${file} with ${sessions.length} of ${run.info.plannedSessions} sessions. ` +
        `The journal ${journal} is no longer needed.`,
    );
  });

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
