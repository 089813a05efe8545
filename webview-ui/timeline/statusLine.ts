import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { AudioNoteView, type AudioNote } from './audioNoteView.ts';

export interface StatusLineActions {
  follow: () => void;
  locateAudio: () => void;
}

/** One line of fixed place for what may change at any time: live or not, sound or not. */
export class StatusLine {
  readonly root: HTMLElement;
  readonly #live = element('span', { class: 'live', hidden: true }, [
    icon('circle-filled'),
    'Live',
  ]);
  readonly #follow: HTMLElement;
  readonly #audio: AudioNoteView;

  constructor({ follow, locateAudio }: StatusLineActions) {
    this.#follow = button([icon('debug-continue'), 'Follow'], {
      title: 'Keep what arrives now in sight',
      hidden: true,
      on: { click: follow },
    });
    this.#audio = new AudioNoteView(locateAudio);
    this.root = element('div', { class: 'status-line' }, [
      this.#live,
      this.#follow,
      ...this.#audio.parts,
    ]);
  }

  setLive(isLive: boolean, isFollowing: boolean): void {
    this.#live.hidden = !isLive;
    this.#follow.hidden = !isLive || isFollowing;
  }

  setAudio(note: AudioNote | null): void {
    this.#audio.set(note);
  }
}
