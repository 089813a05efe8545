import { BenchError } from '../common/benchError.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Pacing } from '../trace/sessionTrace.ts';

/** @throws BenchError `request_invalid` for chunks that the protocol does not allow. */
export function refuseUnusablePacing(
  { chunkMs }: Pacing,
  { label, chunkMs: allowed }: Pick<Dialect, 'label' | 'chunkMs'>,
): void {
  if (!allowed || (chunkMs >= allowed.min && chunkMs <= allowed.max)) return;
  throw new BenchError(
    'request_invalid',
    `${label} takes ${allowed.min} to ${allowed.max} ms of audio per message, not ${chunkMs} ms:` +
      ' change the chunk length.',
  );
}
