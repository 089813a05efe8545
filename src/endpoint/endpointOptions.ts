import { parseArgs } from 'node:util';
import * as z from 'zod';
import { errorText } from '../common/benchError.ts';
import { EndpointError } from './endpointError.ts';

/** Command line of the endpoint's process. */
export const endpointOptionsSchema = z.strictObject({
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  runtime: z.enum(['auto', 'wasm', 'native']).default('auto'),
  /** Default: 3 with the wasm runtime, 8 with the native one. */
  maxSessions: z.coerce.number().int().min(1).max(1000).optional(),
  modelDir: z.string().min(1).optional(),
  exitWithParent: z.boolean().default(false),
});

export type EndpointOptions = z.infer<typeof endpointOptionsSchema>;

/**
 * Reads the endpoint's command line; the environment variable RTBENCH_MODEL_DIR stands in for
 * `--model-dir`.
 *
 * @throws EndpointError `options_invalid` naming the option.
 */
export function parseEndpointOptions(args: string[], env: NodeJS.ProcessEnv): EndpointOptions {
  const parsed = endpointOptionsSchema.safeParse(readArgs(args, env));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '').replaceAll(
    /[A-Z]/g,
    (letter) => `-${letter.toLowerCase()}`,
  );
  throw new EndpointError('options_invalid', `--${name}: ${issue?.message ?? 'invalid'}`);
}

function readArgs(args: string[], env: NodeJS.ProcessEnv): Record<string, unknown> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        runtime: { type: 'string' },
        'max-sessions': { type: 'string' },
        'model-dir': { type: 'string' },
        'exit-with-parent': { type: 'boolean' },
      },
    });
    return {
      port: values.port,
      runtime: values.runtime,
      maxSessions: values['max-sessions'],
      modelDir: values['model-dir'] ?? nonEmpty(env.RTBENCH_MODEL_DIR),
      exitWithParent: values['exit-with-parent'],
    };
  } catch (error) {
    throw new EndpointError('options_invalid', errorText(error), { cause: error });
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
