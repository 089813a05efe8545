import * as z from 'zod';
import { BenchError } from '../common/benchError.ts';
import { runFileSchema } from '../runfile/runSchema.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import { readHeadline } from '../runlist/readHeadline.ts';
import type { RunPlace } from './agentWorkspace.ts';

/** The figures stored in front of the sessions: a run of any size is summarised at once. */
const headSchema = z.object({
  run: runFileSchema.shape.run,
  plan: runFileSchema.shape.plan,
  dataset: runFileSchema.shape.dataset,
  endpoints: runFileSchema.shape.endpoints,
  summary: runFileSchema.shape.summary,
});

export type RunHead = z.infer<typeof headSchema>;

/**
 * @param json of a run file, which may lack utterances and sessions
 * @throws BenchError that names the file and says what is wrong with it
 */
export function parseRunHead(json: unknown, { label }: RunPlace): RunHead {
  try {
    readHeadline(json, '/');
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    throw new BenchError(String(error.reason), `${label}: ${error.message}`, { cause: error });
  }
  const parsed = headSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new BenchError('run_invalid', `${label}: ${schemaProblem(parsed.error)}.`);
}
