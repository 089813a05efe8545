import * as z from 'zod';
import { BenchError } from '../common/benchError.ts';
import { runFileSchema } from '../runfile/runSchema.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import { readHeadline } from '../runlist/readHeadline.ts';
import type { AgentWorkspace, RunPlace } from './agentWorkspace.ts';
import { plainText } from './plainText.ts';

/** The figures stored in front of the sessions: a run of any size is summarised at once. */
const headSchema = z.object({
  run: runFileSchema.shape.run,
  plan: runFileSchema.shape.plan,
  dataset: runFileSchema.shape.dataset,
  endpoints: runFileSchema.shape.endpoints,
  summary: runFileSchema.shape.summary,
});

export type RunHead = z.infer<typeof headSchema>;

/** Reads the figures of a run. Throws a BenchError that names the file and says what is wrong. */
export async function readRunHead(
  place: RunPlace,
  workspace: Pick<AgentWorkspace, 'readHead'>,
): Promise<RunHead> {
  try {
    return parseRunHead(await workspace.readHead(place));
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const message = `${plainText(place.label)}: ${error.message}`;
    throw new BenchError(String(error.reason), message, { cause: error });
  }
}

function parseRunHead(json: unknown): RunHead {
  // For what is no run of this version it has the better words.
  readHeadline(json, '/');
  const parsed = headSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new BenchError('run_invalid', `${schemaProblem(parsed.error)}.`);
}
