import { isObject } from './readObject.ts';

const silent = 'no message given';

/** What a server says of an error, where that may be a text, an object with one, or anything else. */
export function errorText(said: unknown): string {
  if (typeof said === 'string') return said;
  if (isObject(said) && typeof said.message === 'string') return said.message;
  if (said === null || said === undefined) return silent;
  try {
    return JSON.stringify(said);
  } catch {
    // Nested deeper than the stack.
    return silent;
  }
}
