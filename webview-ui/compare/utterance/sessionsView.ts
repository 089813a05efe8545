import type { ToCompare } from '../../../src/compareview/compareMessages.ts';
import type { Stretch, TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { fullRange } from '../../../src/timeline/viewport.ts';
import { button } from '../../shared/controls.ts';
import { element, icon } from '../../shared/element.ts';
import { AudioNoteView } from '../../timeline/audioNoteView.ts';
import { AudioPictures } from '../../timeline/canvas/audioPictures.ts';
import { TimelineCanvas } from '../../timeline/canvas/timelineCanvas.ts';
import { clockTime } from '../../../src/timeline/formatTime.ts';
import { goTo, playableRange } from '../../timeline/navigation.ts';
import { actionOfEvent } from '../../timeline/pageKeys.ts';
import { Playback } from '../../timeline/playback.ts';
import { SoundSource } from '../../timeline/soundSource.ts';
import { spokenChange } from '../../timeline/speaker.ts';
import { timelineCommands, type TimelineCommands } from '../../timeline/timelineCommands.ts';
import { firstState, TimelineStore, type TimelineState } from '../../timeline/timelineState.ts';
import { Choice } from '../choice.ts';
import type { Post } from '../comparePart.ts';
import type { CompareState } from '../compareState.ts';
import { DifferencePlot } from './differencePlot.ts';
import type { DifferenceModel } from './drawDifference.ts';

export type TimelineMode = CompareState['mode'];

export interface SessionsViewOptions {
  post: Post;
  chooseMode: (mode: TimelineMode) => void;
  /** Sound and replay are at another place; milliseconds of audio. */
  moved: (ms: number) => void;
  say: (text: string, isPlaying: boolean) => void;
}

const isMac = navigator.platform.includes('Mac');

const modes = [
  { value: 'stacked', label: 'Stacked' },
  { value: 'overlaid', label: 'Overlay' },
  { value: 'difference', label: 'Difference' },
] as const;

/** What the timeline can do that has no place or no data here. */
const without: ReadonlySet<string> = new Set([
  'toggleTable',
  'toggleOverlay',
  'toggleSpectrogram',
  'shortcuts',
]);

/** The sessions of an utterance on one axis of audio time, with their sound. */
export class SessionsView {
  readonly root: HTMLElement;
  readonly #options: SessionsViewOptions;
  readonly #store = new TimelineStore(firstState());
  readonly #playback: Playback;
  readonly #sound: SoundSource;
  readonly #pictures: AudioPictures;
  readonly #commands: TimelineCommands;
  readonly #modes: Choice<TimelineMode>;
  readonly #play: HTMLElement;
  readonly #time = element('span', { class: 'time-now' });
  readonly #timeline: HTMLElement;
  readonly #difference: DifferencePlot;

  constructor(options: SessionsViewOptions) {
    this.#options = options;
    const store = this.#store;
    this.#playback = new Playback({
      store,
      range: () => playableRange(store.state.lanes),
      onProblem: (problem) => {
        this.#sound.setProblem(problem);
      },
    });
    const note = this.#makeNote();
    this.#sound = new SoundSource(store, this.#playback, (what) => {
      note.set(what);
    });
    this.#pictures = this.#makePictures();
    this.#commands = this.#makeCommands();
    this.#modes = new Choice('How the sessions lie', modes, options.chooseMode);
    this.#play = playButton(() => {
      this.#playback.toggle();
    });
    const seek = (ms: number) => {
      store.update(goTo(store.state, ms));
    };
    this.#timeline = timelineElement(
      new TimelineCanvas({ store, audio: this.#pictures, on: { seek } }).root,
    );
    this.#difference = new DifferencePlot({ store, audio: this.#pictures, seek });
    this.root = element('div', { class: 'sessions' }, [
      element('div', { class: 'sessions-bar' }, [
        this.#play,
        this.#time,
        this.#modes.root,
        ...note.parts,
      ]),
      element('div', { class: 'sessions-stage' }, [this.#timeline, this.#difference.root]),
      this.#playback.root,
    ]);
    this.#listen();
  }

  /** @param lanes those there are of A and B */
  show(lanes: readonly TimelineSession[], difference: DifferenceModel): void {
    this.#playback.pause();
    const { layout } = this.#store.state;
    const selection = { lane: lanes[0]?.key ?? null, delta: null, area: null };
    this.#store.update({ ...firstState(), lanes, view: fullRange(lanes), layout, selection });
    this.#difference.show(difference);
    this.root.hidden = lanes.length === 0;
  }

  setMode(mode: TimelineMode): void {
    this.#modes.set(mode);
    this.#timeline.hidden = mode === 'difference';
    this.#difference.root.hidden = mode !== 'difference';
    if (mode !== 'difference') this.#store.update({ layout: mode });
  }

  receive(message: ToCompare): void {
    if (message.type !== 'audio' && message.type !== 'peaks' && message.type !== 'samples') return;
    this.#pictures.receive(message);
    this.#sound.receive(message);
  }

  /** Plays a stretch of the audio and stops. */
  hear({ startMs, endMs }: Stretch): void {
    if (this.#store.state.lanes.length === 0) return;
    this.#playback.pause();
    this.#store.update(goTo(this.#store.state, startMs));
    this.#playback.play(endMs);
  }

  /** Moves sound and replay, and what is in sight with them. */
  seek(ms: number): void {
    this.#store.update(goTo(this.#store.state, ms));
  }

  pause(): void {
    if (this.#store.state.isPlaying) this.#playback.pause();
  }

  toggle(): void {
    if (this.#store.state.lanes.length > 0) this.#playback.toggle();
  }

  #listen(): void {
    this.#store.subscribe((state, before) => {
      this.#update(state, before);
    });
    this.#timeline.addEventListener('keydown', (event) => {
      const action = actionOfEvent(event, this.#timeline, isMac);
      if (action === null || without.has(action)) return;
      if (this.#commands[action]()) event.preventDefault();
    });
  }

  #update(state: TimelineState, before: TimelineState): void {
    this.#time.textContent = `${clockTime(state.playheadMs)} / ${clockTime(playableRange(state.lanes).endMs)}`;
    if (state.isPlaying !== before.isPlaying) showPlaying(this.#play, state.isPlaying);
    if (state.playheadMs !== before.playheadMs) this.#options.moved(state.playheadMs);
    const said = state.lanes === before.lanes ? spokenChange(state, before) : null;
    if (said !== null && this.#timeline.contains(document.activeElement)) {
      this.#options.say(said, state.isPlaying);
    }
  }

  #makeNote(): AudioNoteView {
    return new AudioNoteView(() => {
      const { audioKey } = this.#sound;
      if (audioKey !== null) this.#options.post({ type: 'locateAudio', audioKey });
    });
  }

  #makePictures(): AudioPictures {
    return new AudioPictures({
      requestSamples: (audioKey, fromSample, count) => {
        this.#options.post({ type: 'samples', audioKey, fromSample, count });
      },
      // There is no spectrogram here.
      requestSpectrogram: () => undefined,
    });
  }

  #makeCommands(): TimelineCommands {
    return timelineCommands({
      store: this.#store,
      playback: this.#playback,
      openShortcuts: () => undefined,
      // It is one already.
      compare: () => undefined,
      closePopup: () => false,
      leave: () => {
        this.#play.focus();
        return true;
      },
      say: (text) => {
        this.#options.say(text, this.#store.state.isPlaying);
      },
    });
  }
}

function timelineElement(canvas: HTMLElement): HTMLElement {
  return element(
    'div',
    {
      class: 'timeline',
      role: 'application',
      tabIndex: 0,
      aria: { label: 'Timeline of both sessions. Arrow keys go from delta to delta.' },
    },
    canvas,
  );
}

function playButton(click: () => void): HTMLElement {
  return button(icon('play'), {
    appearance: 'icon',
    class: 'play',
    title: 'Play (Space)',
    aria: { label: 'Play' },
    on: { click },
  });
}

function showPlaying(play: HTMLElement, isPlaying: boolean): void {
  const label = isPlaying ? 'Pause' : 'Play';
  play.setAttribute('aria-label', label);
  play.title = `${label} (Space)`;
  play.firstElementChild!.className = `codicon codicon-${isPlaying ? 'debug-pause' : 'play'}`;
}
