import os from 'node:os';

/**
 * Lowers the priority of the calling thread (Linux) or process (elsewhere). Inference takes a whole
 * core; what measures beside it must get the processor at once when a chunk of audio is due.
 */
export function yieldToOthers(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some sandboxes refuse: the pacing quality of the run then says what it cost.
  }
}
