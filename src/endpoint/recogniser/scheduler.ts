import type { DecodeJob } from './recognitionStream.ts';

/** What the scheduler needs to know of a stream. */
export interface SchedulableStream {
  isEnding: boolean;
  pendingFrames: number;
  undecodedSamples: number;
  nextJob(): DecodeJob | null;
}

export type Choice<Stream> =
  { kind: 'frames'; stream: Stream } | { kind: 'decode'; stream: Stream; job: DecodeJob };

/** More frames than this are a backlog, not audio arriving in real time. */
const backlogFrames = 32;

/**
 * What the one inference thread should do next. In this order: speech detection of audio that
 * trickles in (cheap, and nothing is known without it), final decodes (ended utterances first),
 * speech detection of backlogs, partial decodes. Within each the stream with the most undecoded
 * audio comes first.
 */
export function chooseWork<Stream extends SchedulableStream>(
  streams: Iterable<Stream>,
): Choice<Stream> | null {
  let best: { rank: number; undecoded: number; choice: Choice<Stream> } | null = null;
  for (const stream of streams) {
    for (const { rank, choice } of choicesOf(stream)) {
      const undecoded = stream.undecodedSamples;
      const better =
        best === null || rank < best.rank || (rank === best.rank && undecoded > best.undecoded);
      if (better) best = { rank, undecoded, choice };
    }
  }
  return best?.choice ?? null;
}

function choicesOf<Stream extends SchedulableStream>(
  stream: Stream,
): { rank: number; choice: Choice<Stream> }[] {
  const choices: { rank: number; choice: Choice<Stream> }[] = [];
  if (stream.pendingFrames > 0) {
    const rank = stream.pendingFrames <= backlogFrames ? 0 : 3;
    choices.push({ rank, choice: { kind: 'frames', stream } });
  }
  const job = stream.nextJob();
  if (job !== null) {
    const rank = job.kind === 'partial' ? 4 : stream.isEnding ? 1 : 2;
    choices.push({ rank, choice: { kind: 'decode', stream, job } });
  }
  return choices;
}
