import { BenchError } from '../common/benchError.ts';
import type { Dialect } from './dialect.ts';
import { vllmRealtime } from './protocols/vllmRealtime.ts';

/** Every wire protocol RTBench speaks. */
export const dialects: readonly Dialect[] = [vllmRealtime];

/**
 * The dialect with this id.
 * @throws BenchError `request_invalid` that names the ids there are.
 */
export function dialectById(id: string): Dialect {
  const dialect = dialects.find((candidate) => candidate.id === id);
  if (!dialect) {
    const known = dialects.map((candidate) => candidate.id).join(', ');
    throw new BenchError('request_invalid', `There is no dialect "${id}"; use one of: ${known}.`);
  }
  return dialect;
}
