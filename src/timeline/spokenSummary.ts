import type { AreaFigures, TimeFigures } from './areaFigures.ts';
import { deltaGapMs } from './deltaGap.ts';
import { deltaLagMs } from './deltaLag.ts';
import type { DisplayedTexts } from './displayedTexts.ts';
import { problems } from './problems.ts';
import { deltaKinds, type TimelineSession } from './timelineSession.ts';

/** Characters of the displayed text's end that are read out. */
const mostSpokenChars = 60;

/** A delta in a sentence, for example `Delta 14 of 120, “hello wor”, at 1.24 s.` */
export function spokenDelta(
  session: TimelineSession,
  displayed: DisplayedTexts,
  delta: number,
): string {
  const { deltas } = session;
  const atMs = deltas.atMs[delta];
  if (atMs === undefined) return 'No delta.';
  const { removed } = displayed.changeOf(delta);
  const parts = [
    `Delta ${delta + 1} of ${deltas.texts.length}`,
    ...kindParts(session, delta),
    `“${endOfText(displayed.textAfter(delta))}”`,
    ...(removed === '' ? [] : [`in place of “${endOfText(removed)}”`]),
    `at ${spokenTime(atMs)}`,
    ...timingParts(session, delta),
  ];
  return `${parts.join(', ')}.`;
}

const statusWords: Record<TimelineSession['status'], string> = {
  live: 'running',
  success: 'completed',
  empty: 'completed without text',
  partial: 'broke off after some text',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** A lane in sentences: what it is, how it ended, its figures and how many problems it has. */
export function spokenLane(session: TimelineSession): string {
  const { endpoint, utterance, repeat, status, failure } = session;
  const again = repeat === 0 ? '' : `, repeat ${repeat + 1}`;
  const count = problems(session).length;
  return [
    `${endpoint}, ${utterance}${again}: ${statusWords[status]}.`,
    ...session.figures.map(({ label, value }) => `${label} ${value}.`),
    ...(failure === null ? [] : [failure]),
    count === 0 ? 'No problems.' : `${counted(count, 'problem')}.`,
  ].join(' ');
}

/** An area in a sentence. */
export function spokenArea(figures: AreaFigures): string {
  const { stretch, deltas, deltasWithText, words, gaps, lags, reference } = figures;
  const parts = [
    `${spokenTime(stretch.startMs)} to ${spokenTime(stretch.endMs)}`,
    `${counted(deltas, 'delta')}, ${deltasWithText} with text`,
    `${counted(words, 'word')} shown`,
    ...timesPart('gaps', gaps),
    ...timesPart('word latency', lags),
    ...(reference === null ? [] : [referencePart(reference)]),
    ...(figures.stalls === 0 ? [] : [counted(figures.stalls, 'stall')]),
    ...(figures.revisions === 0 ? [] : [counted(figures.revisions, 'revision')]),
  ];
  return `${parts.join('; ')}.`;
}

/** A place on the axis as it is read out: seconds, with minutes from one on. */
export function spokenTime(ms: number): string {
  const hundredths = Math.round(Math.abs(ms) / 10);
  const minutes = Math.floor(hundredths / 6000);
  const seconds = `${((hundredths % 6000) / 100).toFixed(2)} s`;
  const sign = ms < 0 && hundredths > 0 ? 'minus ' : '';
  return `${sign}${minutes === 0 ? '' : `${minutes} min `}${seconds}`;
}

function kindParts({ deltas }: TimelineSession, delta: number): string[] {
  const kind = deltaKinds[deltas.kinds[delta]!];
  if (kind === 'final') return ['final'];
  if (kind === 'late') return ['late and left out'];
  return deltas.hasText[delta] === 0 ? ['blank'] : [];
}

function timingParts(session: TimelineSession, delta: number): string[] {
  const gapMs = deltaGapMs(session, delta);
  const lagMs = deltaLagMs(session, delta);
  const gap = gapMs === null ? [] : [`${Math.round(gapMs)} ms after the text before`];
  if (lagMs === null) return gap;
  const side = lagMs < 0 ? 'ahead of' : 'behind';
  return [...gap, `${Math.abs(Math.round(lagMs))} ms ${side} the audio`];
}

function endOfText(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= mostSpokenChars) return trimmed;
  return `…${Array.from(trimmed.slice(-mostSpokenChars)).slice(1).join('')}`;
}

function timesPart(name: string, times: TimeFigures | null): string[] {
  if (times === null) return [];
  return [`${name} ${Math.round(times.p50)} ms in the middle, ${Math.round(times.max)} ms at most`];
}

function referencePart(reference: NonNullable<AreaFigures['reference']>): string {
  const { words, equal, substituted, deleted } = reference;
  const spoken = `${counted(words, 'word')} spoken`;
  if (equal + substituted + deleted === 0) return spoken;
  return `${spoken}: ${equal} right, ${substituted} wrong, ${deleted} missing`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
