import type { TimelineAudio, ToTimeline } from '../../src/timeline/timelineMessages.ts';
import { selectedLane } from './navigation.ts';
import type { Playback } from './playback.ts';
import { type PlaybackProblem } from './playback.ts';
import { playbackNote, type AudioNote } from './audioNoteView.ts';
import type { TimelineStore } from './timelineState.ts';

/** A note that only says to wait should not flash by. */
const patienceMs = 200;

/** Gives playback the audio of the chosen lane, and says what is the matter with it. */
export class SoundSource {
  readonly #store: TimelineStore;
  readonly #playback: Playback;
  readonly #show: (note: AudioNote | null) => void;
  readonly #audios = new Map<string, TimelineAudio>();
  #problem: PlaybackProblem | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(store: TimelineStore, playback: Playback, show: (note: AudioNote | null) => void) {
    this.#store = store;
    this.#playback = playback;
    this.#show = show;
    store.subscribe((state, before) => {
      if (state.selection.lane !== before.selection.lane || state.lanes !== before.lanes) {
        this.#choose();
      }
    });
  }

  receive(message: ToTimeline): void {
    if (message.type !== 'audio') return;
    this.#audios.set(message.audioKey, message);
    this.#choose();
  }

  setProblem(problem: PlaybackProblem | null): void {
    this.#problem = problem;
    this.#tell();
  }

  /** Of the chosen lane; null without lanes. */
  get audioKey(): string | null {
    return selectedLane(this.#store.state)?.audioKey ?? null;
  }

  #choose(): void {
    const audio = this.#audios.get(this.audioKey ?? '');
    this.#playback.setAudio(audio?.playUri ?? null);
    this.#tell();
  }

  #tell(): void {
    clearTimeout(this.#waiting);
    const lane = selectedLane(this.#store.state);
    const audio = this.#audios.get(this.audioKey ?? '');
    if (!lane) this.#show(null);
    else if (audio?.problem) {
      this.#show({ text: audio.problem, isProblem: true, canLocate: true });
    } else if (audio?.playUri) this.#show(this.#problem && playbackNote(this.#problem));
    else {
      this.#waiting = setTimeout(() => {
        this.#show({ text: 'Preparing the audio…', isProblem: false, canLocate: false });
      }, patienceMs);
    }
  }
}
