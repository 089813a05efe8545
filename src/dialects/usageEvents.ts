import type { TranscriptEvent } from '../trace/transcriptEvent.ts';

export interface CountedUsage {
  outputTokens?: number | null | undefined;
  inputTokens?: number | null | undefined;
  /** Length of the audio that the server counts. */
  audioMs?: number | null | undefined;
}

/** What a server says it used. Zeros are no counts: some say them of every session. */
export function usageEvents(usage: CountedUsage): TranscriptEvent[] {
  const { outputTokens = null, inputTokens = null, audioMs = null } = usage;
  if (!outputTokens && !inputTokens && !audioMs) return [];
  return [{ type: 'usage', outputTokens, inputTokens, ...(audioMs && { audioMs }) }];
}
