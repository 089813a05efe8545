import * as vscode from 'vscode';
import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import { schemaProblem } from '../../runfile/schemaProblem.ts';
import { summarySchema } from '../../runfile/summarySchema.ts';
import { readHeadJson } from './readRunHead.ts';

const savedResultSchema = z.object({
  run: z.object({ startedAt: z.string(), partialBecause: z.string().nullable() }),
  summary: z.array(summarySchema),
});

export type SavedResult = z.infer<typeof savedResultSchema>;

/** The figures of a run file. Throws a BenchError that says what is wrong with it. */
export async function readSavedResult(file: string): Promise<SavedResult> {
  const parsed = savedResultSchema.safeParse(await readHeadJson(vscode.Uri.file(file)));
  if (parsed.success) return parsed.data;
  throw new BenchError('run_invalid', `${file} is no run: ${schemaProblem(parsed.error)}.`);
}
