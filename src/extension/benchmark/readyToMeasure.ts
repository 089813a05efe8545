import { requireTrust } from '../requireTrust.ts';
import type { Services } from '../services.ts';
import { tell } from '../tell.ts';

/** Whether something may be measured now; says why not, and what helps. */
export async function readyToMeasure(
  { measurement }: Pick<Services, 'measurement'>,
  doing: string,
): Promise<boolean> {
  if (!(await requireTrust(doing))) return false;
  if (!measurement.isRunning) return true;
  const stop = 'Stop It';
  const chosen = await tell.warning(
    'A measurement is running. A second one would disturb its timing.',
    stop,
  );
  if (chosen === stop) measurement.stop();
  return false;
}
