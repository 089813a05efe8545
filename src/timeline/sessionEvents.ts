import type { CommitKind, SentControl, SessionTrace } from '../trace/sessionTrace.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';
import type { TimelineAxis } from './axis.ts';
import type { TimelineEvent } from './timelineSession.ts';

const mostLabelCharacters = 200;

/** What happened besides audio and text, by time. */
export function sessionEvents(trace: SessionTrace, axis: TimelineAxis): TimelineEvent[] {
  const events = [
    ...connectionEvents(trace),
    ...trace.controls.map(controlEvent),
    ...receivedEvents(trace),
    ...endEvents(trace),
  ];
  return events
    .map(({ atUs, label, ...event }) => ({ ...event, atMs: axis.toMs(atUs), label: cut(label) }))
    .sort((a, b) => a.atMs - b.atMs);
}

type RawEvent = Omit<TimelineEvent, 'atMs'> & { atUs: number };

function clientEvent(atUs: number, kind: TimelineEvent['kind'], label: string): RawEvent {
  return { atUs, kind, label, message: null, audioMs: null };
}

function connectionEvents({ connection, received }: SessionTrace): RawEvent[] {
  const { reused, startUs, openUs, readyUs } = connection;
  if (reused === true) return [clientEvent(startUs, 'connect', 'Open connection taken over')];
  const events = [clientEvent(startUs, 'connect', 'Connection started')];
  if (openUs !== null) events.push(clientEvent(openUs, 'open', 'Connection open'));
  const isSaid = received.some((message) => message.events.some(({ type }) => type === 'ready'));
  if (readyUs !== null && !isSaid) events.push(clientEvent(readyUs, 'ready', 'Ready for audio'));
  return events;
}

const commitLabels: Record<CommitKind, string> = {
  start: 'Commit: start generation',
  segment: 'Commit: end of a segment',
  final: 'Commit: end of the audio',
};

function controlEvent({ sentUs, commit, raw }: SentControl): RawEvent {
  return commit === null
    ? clientEvent(sentUs, 'other', `Sent ${raw}`)
    : clientEvent(sentUs, 'commit', commitLabels[commit]);
}

function receivedEvents({ received }: SessionTrace): RawEvent[] {
  return received.flatMap(({ atUs, events }, message) =>
    events.flatMap((event): RawEvent[] => {
      const described = describe(event);
      return described === null ? [] : [{ atUs, message, audioMs: null, ...described }];
    }),
  );
}

type Described = Pick<TimelineEvent, 'kind' | 'label'> & Partial<Pick<TimelineEvent, 'audioMs'>>;

type UsageEvent = Extract<TranscriptEvent, { type: 'usage' }>;

/** Null for what the tracks of text and words show. */
function describe(event: TranscriptEvent): Described | null {
  switch (event.type) {
    case 'ready':
      return { kind: 'ready', label: 'Ready for audio' };
    case 'speech':
      return event.state === 'started'
        ? { kind: 'speechStarted', label: 'Speech started', audioMs: event.audioMs }
        : { kind: 'speechStopped', label: 'Speech stopped', audioMs: event.audioMs };
    case 'error': {
      const code = event.code === null ? '' : ` ${event.code}`;
      return { kind: 'error', label: `Error${code}: ${event.message}` };
    }
    case 'done':
      return { kind: 'done', label: 'Done' };
    case 'usage':
      return usage(event);
    case 'other':
      return { kind: 'other', label: event.name };
    case 'text':
    case 'unit':
    case 'final':
    case 'words':
      return null;
  }
}

function usage({ outputTokens, audioMs }: UsageEvent): Described | null {
  const said = [
    ...(outputTokens === null ? [] : [`${outputTokens} output tokens`]),
    ...(audioMs === undefined ? [] : [`${audioMs / 1000} s of audio`]),
  ];
  return said.length === 0 ? null : { kind: 'other', label: `Usage: ${said.join(', ')}` };
}

function endEvents({ connection, failure }: SessionTrace): RawEvent[] {
  const { closeUs, closeCode, closeReason } = connection;
  const events: RawEvent[] = [];
  if (failure) events.push(clientEvent(failure.atUs, 'failure', failure.message));
  if (closeUs !== null) {
    const code = closeCode === null ? '' : ` (${closeCode})`;
    const reason = closeReason === null || closeReason === '' ? '' : `: ${closeReason}`;
    events.push(clientEvent(closeUs, 'close', `Connection closed${code}${reason}`));
  }
  return events;
}

function cut(label: string): string {
  if (label.length <= mostLabelCharacters) return label;
  return `${Array.from(label.slice(0, mostLabelCharacters)).slice(0, -1).join('')}…`;
}
