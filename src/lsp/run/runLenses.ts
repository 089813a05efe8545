import type { Lens } from '../remarks/lens.ts';
import type { RunDocument } from './runDocument.ts';

/** The commands of the client that lenses call; each gets the run's address first. */
export const openRunTextCommand = 'rtbench.openRun';
export const sessionTimelineCommand = 'rtbench.runText.showOnTimeline';
export const sessionTranscriptCommand = 'rtbench.runText.openTranscript';

/** More sessions than anybody scrolls through by lens. */
const mostSessions = 5_000;

/** What can be done with a run and its sessions. */
export function runLenses({ head, text, sessions }: RunDocument): Lens[] {
  if (!head) return [];
  const top = Math.max(0, text.indexOf('{'));
  return [
    lens(top, '$(preview) Open Run', openRunTextCommand),
    ...sessions
      .slice(0, mostSessions)
      .flatMap(({ place: { offset, id } }) => [
        lens(offset, '$(play-circle) Show on Timeline', sessionTimelineCommand, { sessionId: id }),
        lens(offset, '$(watch) Open Transcript', sessionTranscriptCommand, { sessionId: id }),
      ]),
  ];
}

function lens(offset: number, title: string, command: string, ...rest: unknown[]): Lens {
  return { offset, length: 1, title, command, arguments: rest };
}
