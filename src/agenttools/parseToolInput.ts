import type * as z from 'zod';
import { BenchError } from '../common/benchError.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import type { ToolName } from './toolNames.ts';

/** Throws a BenchError that names the tool, the member that is wrong, and what members there are. */
export function parseToolInput<Schema extends z.ZodObject>(
  name: ToolName,
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  // Clients may leave out what has no members to give.
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const members = Object.keys(schema.shape).join(', ') || 'none';
  throw new BenchError(
    'input_invalid',
    `Input of ${name} is not usable: ${schemaProblem(parsed.error)}. Its members: ${members}.`,
  );
}
