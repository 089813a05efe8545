import type { DisplayedTexts } from '../../src/timeline/displayedTexts.ts';
import { countWhile } from '../../src/timeline/sortedNumbers.ts';
import { deltaKinds, type TimelineSession } from '../../src/timeline/timelineSession.ts';
import { element } from '../shared/element.ts';
import { displayedTextsOf } from './displayedTextsOf.ts';
import { clockTime } from '../../src/timeline/formatTime.ts';
import { ReceivedText } from './receivedText.ts';
import { referenceLine, shownLine, WordLine } from './wordLine.ts';

/** While playing, what was replaced is shown for this long. */
const momentMs = 1500;

const finalKind = deltaKinds.indexOf('final');
/** Where there is neither text nor delta. */
const nowhere = -2;

/** The transcript of a lane as it was displayed at the playhead, with what was said. */
export class LaneReplay {
  readonly root: HTMLElement;
  readonly #name = element('h2', { class: 'replay-name', dir: 'auto' });
  readonly #said: WordLine;
  readonly #saidText = element('p', { class: 'words', dir: 'auto' });
  readonly #saidRow: HTMLElement;
  readonly #received: ReceivedText;
  readonly #words: WordLine;
  readonly #wordsRow: HTMLElement;
  readonly #change = element('p', { class: 'change' });
  #session: TimelineSession | null = null;
  #texts: DisplayedTexts | null = null;
  #finalChars = new Uint32Array();
  #saidTimes = new SpokenTimes([]);
  #wordTimes = new SpokenTimes([]);
  #delta = nowhere;
  #showsRemoved = false;

  /** @param seek told where a click on a word leads, milliseconds on the axis */
  constructor(seek: (ms: number) => void) {
    this.#said = new WordLine('Said', seek);
    this.#received = new ReceivedText('Received');
    this.#words = new WordLine('Word by word', seek);
    this.#saidRow = row('Said', 'The reference text.', [this.#said.root, this.#saidText]);
    this.#wordsRow = row(
      'Words',
      'What was understood: differences from the reference, and how often each word changed.',
      [this.#words.root],
    );
    this.root = element('section', { class: 'replay-lane' }, [
      this.#name,
      this.#saidRow,
      row('Received', 'The text exactly as it was displayed at the playhead.', [
        this.#change,
        this.#received.root,
      ]),
      this.#wordsRow,
    ]);
  }

  /** @param isAlone no other lane is shown, so that its name says nothing */
  update(session: TimelineSession, isAlone: boolean): void {
    this.#name.hidden = isAlone;
    if (session === this.#session) return;
    this.#session = session;
    const { deltas, endpoint, reference, referenceWords, words } = session;
    this.#name.textContent = endpoint;
    this.root.setAttribute('aria-label', `Transcript of ${endpoint}`);
    this.#texts = displayedTextsOf(deltas);
    const isLive = session.status === 'live';
    this.root.classList.toggle('live-lane', isLive);
    // While it grows, its place is of fixed height.
    this.#received.reserve(isLive ? '' : longestText(this.#texts, deltas));
    this.#finalChars = finalChars(session, this.#texts);
    this.#said.root.hidden = referenceWords === null;
    this.#said.update(referenceLine(referenceWords ?? []));
    this.#saidText.hidden = referenceWords !== null;
    this.#saidText.textContent = reference ?? '';
    this.#saidRow.hidden = reference === null && referenceWords === null;
    this.#words.update(shownLine(words));
    this.#wordsRow.hidden = words.length === 0 && !isLive;
    if (isLive) this.#words.showEnd();
    this.#saidTimes = new SpokenTimes(referenceWords ?? []);
    this.#wordTimes = new SpokenTimes(words);
    this.#delta = nowhere;
  }

  /**
   * Shows the instant of the playhead; cheap where nothing changes.
   *
   * @param chosen a delta: of several that came in one piece, the one to stop at
   */
  show(
    playheadMs: number,
    { isPlaying, chosen }: { isPlaying: boolean; chosen: number | null },
  ): void {
    if (!this.#texts || !this.#session) return;
    this.#said.mark(this.#saidTimes.placeAt(playheadMs));
    this.#words.mark(this.#wordTimes.placeAt(playheadMs));
    const isThere = chosen !== null && this.#session.deltas.atMs[chosen] === playheadMs;
    const delta = isThere ? chosen : this.#texts.deltaAt(playheadMs);
    const atMs = this.#session.deltas.atMs[delta] ?? -Infinity;
    const showsRemoved = !isPlaying || playheadMs - atMs < momentMs;
    if (delta === this.#delta && showsRemoved === this.#showsRemoved) return;
    const isNew = delta !== this.#delta;
    this.#delta = delta;
    this.#showsRemoved = showsRemoved;
    this.#showChange(this.#texts, this.#session);
    if (isNew) this.#showText(this.#texts, delta);
  }

  #showText(texts: DisplayedTexts, delta: number): void {
    const text = texts.textAfter(delta);
    const added = delta < 0 ? '' : texts.changeOf(delta).added;
    this.#received.show({
      text,
      latestFrom: text.length - added.length,
      finalChars: this.#finalChars[delta] ?? 0,
    });
  }

  #showChange(texts: DisplayedTexts, { deltas, status }: TimelineSession): void {
    const delta = this.#delta;
    if (delta < 0) {
      const none = deltas.atMs.length === 0 && status !== 'live';
      const words = none ? 'No text came.' : 'Nothing has arrived yet.';
      this.#change.replaceChildren(element('span', { class: 'change-place' }, words));
      return;
    }
    const { removed, added } = texts.changeOf(delta);
    const place = `Delta ${delta + 1} of ${deltas.atMs.length} at ${clockTime(deltas.atMs[delta]!)}`;
    const replaced = removed !== '' && this.#showsRemoved;
    this.#change.replaceChildren(
      element('span', { class: 'change-place' }, place),
      ...(replaced
        ? [
            element('del', { dir: 'auto' }, removed),
            element('ins', { dir: 'auto' }, added === '' ? '∅' : added),
          ]
        : []),
    );
  }
}

function longestText(texts: DisplayedTexts, { atMs }: TimelineSession['deltas']): string {
  let longest = -1;
  for (let delta = 0; delta < atMs.length; delta++) {
    if (texts.charsAfter(delta) >= texts.charsAfter(longest)) longest = delta;
  }
  return texts.textAfter(longest);
}

function row(label: string, meaning: string, content: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'replay-row' }, [
    element('div', { class: 'replay-label', title: meaning }, label),
    element('div', { class: 'replay-text' }, content),
  ]);
}

/**
 * For each delta, how far the text stands: up to its end after a final, and no further than what
 * was kept since.
 */
function finalChars({ deltas }: TimelineSession, texts: DisplayedTexts): Uint32Array<ArrayBuffer> {
  let standing = 0;
  return Uint32Array.from(deltas.kinds, (kind, i) => {
    standing = kind === finalKind ? texts.charsAfter(i) : Math.min(standing, deltas.keptChars[i]!);
    return standing;
  });
}

/** Which word is being said at a time. Words without times are never said. */
class SpokenTimes {
  readonly #words: { place: number; startMs: number; endMs: number }[];

  constructor(words: readonly { startMs: number | null; endMs: number | null }[]) {
    this.#words = words
      .flatMap(({ startMs, endMs }, place) =>
        startMs === null || endMs === null ? [] : [{ place, startMs, endMs }],
      )
      .sort((a, b) => a.startMs - b.startMs);
  }

  /** -1 where no word is being said. */
  placeAt(ms: number): number {
    const word = this.#words[countWhile(this.#words, ({ startMs }) => startMs <= ms) - 1];
    return word && ms < word.endMs ? word.place : -1;
  }
}
