import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { BenchError, errorText } from '../common/benchError.ts';
import { planSchema, type Plan } from '../plan/plan.ts';
import { withPaths } from '../plan/planPaths.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';

const outlineSchema = z.object({
  run: z.object({ id: z.string(), title: z.string() }),
  plan: planSchema,
});

export interface RunOutline {
  id: string;
  title: string;
  plan: Plan;
}

/**
 * What a run file says of what was run, without its sessions being checked or computed.
 * Throws a BenchError that names the file when it is not a run file.
 */
export async function readRunOutline(file: string): Promise<RunOutline> {
  const { run, plan } = parse(file, await read(file));
  return { ...run, plan: withPaths(plan, (place) => path.resolve(path.dirname(file), place)) };
}

async function read(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new BenchError('not_readable', `${file} cannot be read: ${errorText(cause)}`, { cause });
  }
}

function parse(file: string, content: unknown): z.infer<typeof outlineSchema> {
  const parsed = outlineSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new BenchError('not_a_run', `${file} is not a run file: ${schemaProblem(parsed.error)}.`);
}
