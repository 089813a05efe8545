import { readFile } from 'node:fs/promises';

/** Clocks are set and rounded; ids are not given out again that soon. */
const toleranceMs = 60_000;
/** What Linux counts process start times in, whatever its own tick is. */
const linuxTickMs = 10;

/**
 * Whether the process that had an id at a time still runs. Ids are given out again, in containers
 * soon after a restart, so where the system tells when a process began, that is compared.
 */
export async function processLives(processId: number, atMs: number): Promise<boolean> {
  if (!isInUse(processId)) return false;
  const startedMs = await linuxStartMs(processId);
  return startedMs === null || startedMs <= atMs + toleranceMs;
}

function isInUse(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Wall-clock time in ms; null where the system does not say. See proc(5). */
async function linuxStartMs(processId: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  try {
    const system = await readFile('/proc/stat', 'utf8');
    const own = await readFile(`/proc/${processId}/stat`, 'utf8');
    const bootSeconds = Number(/^btime (\d+)$/m.exec(system)?.[1]);
    // The second field, a name in parentheses, may itself hold spaces and parentheses.
    const startTicks = Number(own.slice(own.lastIndexOf(')') + 2).split(' ')[19]);
    const startMs = bootSeconds * 1000 + startTicks * linuxTickMs;
    return Number.isFinite(startMs) ? startMs : null;
  } catch {
    return null;
  }
}
