import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import type { PlaybackProblem } from './playback.ts';

export interface StatusLineActions {
  follow: () => void;
  locateAudio: () => void;
}

export interface AudioNote {
  text: string;
  /** It cannot be heard, and why; otherwise it only is not ready yet. */
  isProblem: boolean;
  /** Whether another file may help. */
  canLocate: boolean;
}

const problemTexts: Readonly<Record<PlaybackProblem, string>> = {
  unsupported:
    'This window cannot play WAV files, so the session is replayed without sound. Desktop VS Code can play them.',
  unreadable:
    'The audio could not be played, so the session is replayed without sound. Reopen the timeline to prepare it anew.',
  refused: 'The window did not allow sound to start by itself. Press Play again.',
};

/** What to say where the prepared file does not play. */
export function playbackNote(problem: PlaybackProblem): AudioNote {
  return { text: problemTexts[problem], isProblem: true, canLocate: false };
}

/** One line of fixed place for what may change at any time: live or not, sound or not. */
export class StatusLine {
  readonly root: HTMLElement;
  readonly #live = element('span', { class: 'live', hidden: true }, [
    icon('circle-filled'),
    'Live',
  ]);
  readonly #follow: HTMLElement;
  readonly #audio = element('span', { class: 'audio-note' });
  readonly #locate: HTMLElement;

  constructor(actions: StatusLineActions) {
    this.#follow = button([icon('debug-continue'), 'Follow'], {
      title: 'Keep what arrives now in sight',
      hidden: true,
      on: { click: actions.follow },
    });
    this.#locate = button('Locate Audio…', { hidden: true, on: { click: actions.locateAudio } });
    this.root = element('div', { class: 'status-line' }, [
      this.#live,
      this.#follow,
      element('span', { role: 'status', class: 'audio-status' }, this.#audio),
      this.#locate,
    ]);
  }

  setLive(isLive: boolean, isFollowing: boolean): void {
    this.#live.hidden = !isLive;
    this.#follow.hidden = !isLive || isFollowing;
  }

  setAudio(note: AudioNote | null): void {
    this.#audio.className = note?.isProblem ? 'audio-note problem-note' : 'audio-note';
    this.#audio.replaceChildren(
      ...(note ? [icon(note.isProblem ? 'mute' : 'loading'), note.text] : []),
    );
    this.#locate.hidden = !note?.canLocate;
  }
}
