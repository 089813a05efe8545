import type * as z from 'zod';
import { BenchError } from '../common/benchError.ts';
import type { DialectSettings } from './dialect.ts';

/**
 * The options of an endpoint as its protocol knows them; defaults are filled in.
 * @param schema a strict object: options that a protocol does not know are mistakes.
 * @throws BenchError `request_invalid` that names the option.
 */
export function parseOptions<Schema extends z.ZodObject>(
  label: string,
  schema: Schema,
  { options }: Pick<DialectSettings, 'options'>,
): z.infer<Schema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const known = Object.keys(schema.shape).join(', ');
  const what =
    issue?.code === 'unrecognized_keys'
      ? `has no option "${issue.keys.join('", "')}"`
      : `cannot use the option "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'wrong type'}`;
  const remedy = known === '' ? 'It takes none.' : `Its options are: ${known}.`;
  throw new BenchError('request_invalid', `${label} ${what}. ${remedy}`);
}
