import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import type { PlaybackProblem } from './playback.ts';
import './audioNote.css';

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
    'The audio could not be played, so the session is replayed without sound. Reopen this editor to prepare it anew.',
  refused: 'The window did not allow sound to start by itself. Press Play again.',
};

/** What to say where the prepared file does not play. */
export function playbackNote(problem: PlaybackProblem): AudioNote {
  return { text: problemTexts[problem], isProblem: true, canLocate: false };
}

/** Whether there is sound, why not, and the remedy. */
export class AudioNoteView {
  /** The note, and the button that looks for another file. */
  readonly parts: readonly HTMLElement[];
  readonly #note = element('span', { class: 'audio-note' });
  readonly #locate: HTMLElement;

  constructor(locateAudio: () => void) {
    this.#locate = button('Locate Audio…', { hidden: true, on: { click: locateAudio } });
    this.parts = [
      element('span', { role: 'status', class: 'audio-status' }, this.#note),
      this.#locate,
    ];
  }

  /** Null: nothing is the matter. */
  set(note: AudioNote | null): void {
    this.#note.className = note?.isProblem ? 'audio-note problem-note' : 'audio-note';
    this.#note.replaceChildren(
      ...(note ? [icon(note.isProblem ? 'mute' : 'loading'), note.text] : []),
    );
    this.#locate.hidden = !note?.canLocate;
  }
}
