import { BenchError } from '../common/benchError.ts';

/**
 * The `Authorization: Bearer` header, or none without a key.
 * @throws BenchError `request_invalid` when the key cannot travel in a header; the message does
 * not repeat the key.
 */
export function bearerHeader(apiKey: string | null): Record<string, string> {
  if (apiKey === null) {
    return {};
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new BenchError(
      'request_invalid',
      'The API key is empty or holds spaces, line breaks or non-ASCII characters:' +
        ' check the environment variable it comes from.',
    );
  }
  return { Authorization: `Bearer ${apiKey}` };
}
