import type { TimedWord, TranscriptEvent } from '../trace/transcriptEvent.ts';

/** Stretches of text that are given as a whole each time, until they are final. */
export class TurnTexts {
  /** What those without a final show. */
  readonly #open = new Map<string, string>();
  readonly #finals = new Set<string>();

  /** How many have their final. */
  get finals(): number {
    return this.#finals.size;
  }

  isFinal(unit: string): boolean {
    return this.#finals.has(unit);
  }

  /** The whole text so far. Nothing for a blank one where nothing is shown, and after the final. */
  partial(unit: string, text: string): TranscriptEvent[] {
    if (this.isFinal(unit) || (text.trim() === '' && !this.#open.has(unit))) return [];
    this.#open.set(unit, text);
    return [{ type: 'text', mode: 'replace', unit, text }];
  }

  /** The final text. Nothing for a blank one where nothing is shown, and for a second one. */
  final(unit: string, text: string, words: TimedWord[]): TranscriptEvent[] {
    if (this.isFinal(unit)) return [];
    this.#finals.add(unit);
    const isBlank = text.trim() === '';
    const shown = this.#open.get(unit);
    this.#open.delete(unit);
    if (isBlank && shown === undefined) return [];
    return [
      // A blank final would confirm what is shown.
      ...(isBlank ? [{ type: 'text', mode: 'replace', unit, text } as const] : []),
      { type: 'final', unit, text },
      ...(words.length > 0 ? [{ type: 'words', unit, words } as const] : []),
    ];
  }

  /** Those that never got their final keep what they show. */
  rest(): TranscriptEvent[] {
    return [...this.#open].flatMap(([unit, text]) => this.final(unit, text, []));
  }
}
