/** A way to send the speech, as people choose it. */
export interface PacingProfile {
  id: string;
  label: string;
  detail: string;
  mode: 'capture' | 'burst';
  /** Sessions at once. */
  sessions: number;
}

const twoAtOnce: PacingProfile = {
  id: 'realtime-2',
  label: 'Real time, 2 at once',
  detail: 'Two people speak at a time',
  mode: 'capture',
  sessions: 2,
};

/** The first one is the default: on the bundled speech it takes about a minute. */
export const pacingProfiles: readonly PacingProfile[] = [
  twoAtOnce,
  {
    id: 'realtime-1',
    label: 'Real time, one at a time',
    detail: 'As one person speaks: the delays that a user meets',
    mode: 'capture',
    sessions: 1,
  },
  {
    id: 'realtime-4',
    label: 'Real time, 4 at once',
    detail: 'Four people speak at a time; a server may refuse more sessions than it has room for',
    mode: 'capture',
    sessions: 4,
  },
  {
    id: 'burst-1',
    label: 'As fast as possible',
    detail: 'All audio at once: how fast the server computes, not what a user meets',
    mode: 'burst',
    sessions: 1,
  },
];

/** The default where the id is unknown. */
export function pacingProfile(id: string): PacingProfile {
  return pacingProfiles.find((profile) => profile.id === id) ?? twoAtOnce;
}
