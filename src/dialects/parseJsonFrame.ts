import type * as z from 'zod';
import { DialectError } from './dialectError.ts';

const longestQuote = 80;

function quote(frame: string): string {
  return JSON.stringify(frame.length > longestQuote ? `${frame.slice(0, longestQuote)}…` : frame);
}

/**
 * The JSON object in a text frame.
 * @throws DialectError for a binary frame, for text that is not JSON, and for JSON that `schema`
 * does not accept.
 */
export function parseJsonFrame<Schema extends z.ZodType>(
  frame: string | Uint8Array,
  schema: Schema,
): z.infer<Schema> {
  if (typeof frame !== 'string') {
    throw new DialectError(
      `The server sent a binary frame of ${frame.length} bytes where JSON text was expected.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch (error) {
    throw new DialectError(`The server sent a frame that is not JSON: ${quote(frame)}.`, {
      cause: error,
    });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new DialectError(`The server sent JSON that is not a message: ${quote(frame)}.`, {
      cause: parsed.error,
    });
  }
  return parsed.data;
}
