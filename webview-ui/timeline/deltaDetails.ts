import { deltaGapMs } from '../../src/timeline/deltaGap.ts';
import { deltaLagMs } from '../../src/timeline/deltaLag.ts';
import type { DisplayedTexts } from '../../src/timeline/displayedTexts.ts';
import {
  deltaKinds,
  type DeltaKind,
  type TimelineSession,
} from '../../src/timeline/timelineSession.ts';
import { button } from '../shared/controls.ts';
import { element, icon, spoken } from '../shared/element.ts';
import { clockTime, duration } from '../../src/timeline/formatTime.ts';

export interface DeltaDetailsActions {
  copy: (text: string) => void;
  play: () => void;
}

/** A frame as the server sent it. */
export interface RawFrame {
  raw: string;
  /** Made again from its events, since the run holds no frames. */
  isRebuilt: boolean;
}

const kindWords: Readonly<Record<DeltaKind, string>> = {
  append: 'append: adds to the text',
  replace: 'replace: says its part anew',
  final: 'final: this text stands',
  late: 'late: after the final, left out',
};

/** More of a frame than this is copied, but not shown. */
const mostShownChars = 20_000;

/** All there is to know of one delta. */
export function deltaDetails(
  session: TimelineSession,
  texts: DisplayedTexts,
  delta: number,
): HTMLElement[] {
  const { atMs, kinds, hasText, bytes, audioSentMs } = session.deltas;
  const gapMs = deltaGapMs(session, delta);
  const noGap = hasText[delta] === 1 ? 'first text' : 'without text';
  const lagMs = deltaLagMs(session, delta);
  const kind = deltaKinds[kinds[delta]!]!;
  const facts: [string, string, string][] = [
    ['Arrived', clockTime(atMs[delta]!), 'Where the audio had got to when it arrived.'],
    ['Gap', gapMs === null ? noGap : duration(gapMs), 'Real time since the text before.'],
    ['Kind', kindWords[kind], 'What it does to the text displayed so far.'],
    ['Size', `${bytes[delta]!} bytes`, 'Of the message, as received.'],
    ['Audio sent', duration(audioSentMs[delta]!), 'Audio that the server had been sent by then.'],
    [
      'Lag',
      lagMs === null ? 'no word completed' : duration(lagMs),
      'Real time from the end of the last new word in the audio to the arrival.',
    ],
  ];
  const change = texts.changeOf(delta);
  return [
    element(
      'dl',
      { class: 'detail-facts' },
      facts.map(([label, value, description]) =>
        element('div', { title: description }, [
          element('dt', {}, label),
          element('dd', {}, value),
        ]),
      ),
    ),
    element('h3', {}, 'Change'),
    element('p', { class: 'detail-diff', dir: 'auto' }, [
      element('span', { class: 'kept' }, change.keptTail),
      ...(change.removed === '' ? [] : [spoken('removed: '), element('del', {}, change.removed)]),
      ...(change.added === '' ? [] : [spoken('added: '), element('ins', {}, change.added)]),
      change.removed === '' && change.added === ''
        ? element('span', { class: 'hint unchanged' }, 'The text stayed as it was.')
        : null,
    ]),
  ];
}

/** @param frame null while it is asked for */
export function frameDetails(frame: RawFrame | null, copy: (text: string) => void): HTMLElement {
  const raw = frame?.raw ?? '';
  const isCut = raw.length > mostShownChars;
  const label = frame?.isRebuilt ? 'Message, rebuilt from the trace' : 'Raw message';
  return element('section', { class: 'frame', aria: { label } }, [
    element('div', { class: 'frame-head' }, [
      element('h3', {}, label),
      button(icon('copy'), {
        appearance: 'icon',
        title: 'Copy the message',
        aria: { label: 'Copy the message' },
        hidden: frame === null,
        on: {
          click: () => {
            copy(raw);
          },
        },
      }),
    ]),
    element(
      'pre',
      { class: 'frame-text', tabIndex: 0, dir: 'ltr', role: 'group', aria: { label } },
      frame === null ? '…' : isCut ? `${raw.slice(0, mostShownChars)}…` : raw,
    ),
    isCut
      ? element('p', { class: 'hint' }, `${raw.length} characters; copy it to read all of them.`)
      : null,
  ]);
}
