import type { CompareAction } from '../../../src/compareview/compareActions.ts';
import type { ToCompare } from '../../../src/compareview/compareMessages.ts';
import type { ComparePair, UtteranceDetail } from '../../../src/compareview/compareView.ts';
import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { element, icon } from '../../shared/element.ts';
import { LiveRegion } from '../../shared/liveRegion.ts';
import { toTsv } from '../../shared/tsv.ts';
import type { ComparePart, Post } from '../comparePart.ts';
import {
  showsAllRuns,
  shownPair,
  timelineModes,
  type CompareState,
  type CompareStore,
} from '../compareState.ts';
import { AlignmentView } from './alignmentView.ts';
import { arrivalDifferences, lengthDifferences } from './arrivalDifferences.ts';
import type { DifferenceModel } from './drawDifference.ts';
import { SessionsView } from './sessionsView.ts';
import { alignmentCounts, heardStretch, type WordColumn } from './threeWayWords.ts';
import { UtteranceHead, utteranceFigures } from './utteranceHead.ts';

type Letters = readonly [string, string];

/** Utterances that are only passed by are not asked for. */
const askAfterMs = 120;
/** Controls that take Space or digits for themselves. */
const taking = 'button, vscode-button, input, textarea, select, summary, vscode-dropdown';

/** One utterance of the pair: figures, words, and both sessions with their sound. */
export class UtterancePane implements ComparePart {
  readonly root: HTMLElement;
  readonly #store: CompareStore;
  readonly #post: Post;
  readonly #head: UtteranceHead;
  readonly #figures = element('div', { class: 'utterance-figures' });
  readonly #alignment: AlignmentView;
  readonly #sessions: SessionsView;
  readonly #problem = element('p', { class: 'utterance-problem', role: 'status' });
  readonly #note = element('p', { class: 'hint', dir: 'auto' });
  readonly #content: HTMLElement;
  readonly #voice = new LiveRegion();
  #asked = '';
  #askedOf: CompareState['view'] = null;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #detail: UtteranceDetail | null = null;
  /** Key of the pair that the detail is of. */
  #shownPair = '';

  constructor(store: CompareStore, post: Post) {
    this.#store = store;
    this.#post = post;
    this.#head = this.#makeHead();
    this.#sessions = this.#makeSessions();
    this.#alignment = this.#makeAlignment();
    this.#content = element('div', { class: 'utterance-content', hidden: true }, [
      this.#head.root,
      this.#problem,
      element('div', { class: 'utterance-texts' }, [this.#alignment.root, this.#figures]),
      this.#sessions.root,
    ]);
    this.root = element('section', { class: 'utterance', aria: { label: 'Utterance' } }, [
      this.#note,
      this.#content,
      this.#voice.root,
    ]);
    this.root.hidden = true;
    this.root.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  update(state: CompareState): void {
    const pair = shownPair(state);
    this.root.hidden = pair === null || showsAllRuns(state);
    if (this.root.hidden) this.#sessions.pause();
    if (pair && !this.root.hidden) this.#ask(state, pair);
    this.#sessions.setMode(state.mode);
  }

  receive(message: ToCompare): void {
    this.#sessions.receive(message);
    if (message.type !== 'utterance') return;
    const { utterance } = this.#store.state;
    const pair = shownPair(this.#store.state);
    const { detail } = message;
    const isWanted = utterance?.id === detail.id && utterance.repeat === detail.repeat;
    if (pair?.key === message.pair && isWanted) this.#show(detail, pair);
  }

  perform(action: CompareAction): boolean {
    if (action === 'swapSides' || !this.#detail) return false;
    return this.#alignment.goToDifference(action === 'nextDifference' ? 1 : -1);
  }

  #ask({ utterance, view }: CompareState, pair: ComparePair): void {
    const wanted = utterance ? `${utterance.repeat} ${pair.key} ${utterance.id}` : '';
    if (wanted === this.#asked && view === this.#askedOf) return;
    clearTimeout(this.#asking);
    this.#asked = wanted;
    this.#askedOf = view;
    // What is shown of another pair says nothing of this one.
    if (pair.key !== this.#shownPair) this.#content.hidden = true;
    this.#sessions.pause();
    this.#content.setAttribute('aria-busy', 'true');
    this.#content.classList.add('waiting');
    if (utterance) {
      this.#asking = setTimeout(() => {
        this.#post({ type: 'utterance', pair: pair.key, ...utterance });
      }, askAfterMs);
    } else this.#content.hidden = true;
    this.#note.hidden = !this.#content.hidden;
    this.#note.textContent =
      utterance === null
        ? 'Choose an utterance to see and hear both of its sessions.'
        : `Reading ${utterance.id}…`;
  }

  #show(detail: UtteranceDetail, pair: ComparePair): void {
    const isNew = this.#detail?.id !== detail.id;
    this.#detail = detail;
    this.#shownPair = pair.key;
    const letters = [pair.a.letter, pair.b.letter] as const;
    this.#content.hidden = false;
    this.#note.hidden = true;
    this.#content.setAttribute('aria-busy', 'false');
    this.#content.classList.remove('waiting');
    this.#head.show(detail);
    this.#problem.hidden = detail.problem === null;
    this.#problem.replaceChildren(icon('warning'), detail.problem ?? '');
    this.#figures.replaceChildren(
      ...(detail.figures.length > 0 ? [utteranceFigures(detail, letters)] : []),
    );
    this.#alignment.show(detail, letters);
    this.#sessions.show(lanesOf(detail, letters), differenceOf(detail, pair));
    if (isNew) this.#voice.say(spokenDetail(detail, letters), false);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    const mode = timelineModes[Number(event.key) - 1];
    if (event.key === ' ') {
      if (target.closest(taking)) return;
      this.#sessions.toggle();
    } else if (mode && !target.closest('vscode-dropdown')) this.#store.update({ mode });
    else return;
    event.preventDefault();
  }

  #makeHead(): UtteranceHead {
    const about = (post: (pair: string, id: string, repeat: number) => void) => () => {
      const pair = shownPair(this.#store.state);
      if (pair && this.#detail) post(pair.key, this.#detail.id, this.#detail.repeat);
    };
    return new UtteranceHead({
      chooseRepeat: (repeat) => {
        const { utterance } = this.#store.state;
        if (utterance) this.#store.update({ utterance: { ...utterance, repeat } });
      },
      openTimeline: about((pair, id, repeat) => {
        this.#post({ type: 'openTimeline', pair, id, repeat });
      }),
      openTranscript: about((pair, id, repeat) => {
        this.#post({ type: 'openTranscript', pair, id, repeat });
      }),
      diffTexts: about((pair, id, repeat) => {
        this.#post({ type: 'diffTexts', pair, id, repeat });
      }),
      copy: () => {
        const pair = shownPair(this.#store.state);
        if (!pair || !this.#detail) return;
        const text = copiedText(this.#detail, [pair.a.letter, pair.b.letter]);
        this.#post({ type: 'copy', text });
        this.#voice.say('Copied.', false);
      },
    });
  }

  #makeSessions(): SessionsView {
    return new SessionsView({
      post: this.#post,
      chooseMode: (mode) => {
        this.#store.update({ mode });
      },
      moved: (ms) => {
        this.#alignment.markAt(ms);
      },
      say: (text, isPlaying) => {
        this.#voice.say(text, isPlaying);
      },
    });
  }

  #makeAlignment(): AlignmentView {
    return new AlignmentView({
      choose: ({ times }) => {
        if (times?.startMs != null) this.#sessions.seek(times.startMs);
      },
      play: ({ times }: WordColumn) => {
        const heard = heardStretch(times);
        if (heard) this.#sessions.hear(heard);
        else this.#voice.say('It is not known when this word was said.', false);
      },
    });
  }
}

/** Named after the runs: both may be of one endpoint. */
function lanesOf({ sessions }: UtteranceDetail, letters: Letters): TimelineSession[] {
  return [sessions.a, sessions.b].flatMap((session, at) => {
    if (!session) return [];
    const letter = letters[at]!;
    const [key, endpoint] = [`${letter} ${session.key}`, `${letter} · ${session.endpoint}`];
    return [{ ...session, key, endpoint }];
  });
}

function differenceOf(
  { alignment, sessions }: UtteranceDetail,
  pair: ComparePair,
): DifferenceModel {
  const { a, b } = sessions;
  const words = a?.referenceWords ?? b?.referenceWords ?? [];
  return {
    letters: [pair.a.letter, pair.b.letter],
    words,
    arrivals: arrivalDifferences(alignment, a?.speed ?? b?.speed ?? null),
    lengths: a && b ? lengthDifferences(a, b) : null,
    noiseMs: wordNoise(pair),
  };
}

/** What does not matter of the lag of words, milliseconds; 0 where the pair has none. */
function wordNoise({ rows }: ComparePair): number {
  return rows.find(({ key }) => key === 'wel' || key.startsWith('wel.'))?.noise ?? 0;
}

function spokenDetail({ id, alignment, problem }: UtteranceDetail, [a, b]: Letters): string {
  if (problem !== null) return `${id}. ${problem}`;
  if (!alignment) return `${id}. There is no reference to compare with.`;
  const counts = alignmentCounts(alignment.columns);
  return `${id}: ${counts.a} errors in ${a}, ${counts.b} in ${b}; the runs differ at ${counts.differing} places.`;
}

function copiedText({ id, reference, texts, figures }: UtteranceDetail, [a, b]: Letters): string {
  return toTsv([
    ['Utterance', id],
    ['Reference', reference ?? ''],
    [a, texts.a ?? ''],
    [b, texts.b ?? ''],
    ['', a, b, 'Δ'],
    ...figures.map((figure) => [figure.label, figure.a, figure.b, figure.delta]),
  ]);
}
