import { BenchError } from '../common/benchError.ts';
import type { ApiKeyResolver } from './openEndpoints.ts';

/**
 * Reads the API key of an endpoint from the environment variable that its plan names.
 * Throws a BenchError that names the variable where it is not set.
 */
export function apiKeyFromEnvironment(
  environ: Readonly<Record<string, string | undefined>>,
): ApiKeyResolver {
  return ({ id, apiKeyEnv }) => {
    if (apiKeyEnv === null) return null;
    const key = environ[apiKeyEnv];
    if (key) return key;
    throw new BenchError(
      'api_key_missing',
      `Endpoint "${id}" takes its API key from the environment variable ${apiKeyEnv}, ` +
        'which is not set. Set it and run again.',
    );
  };
}
