import type { Micros } from '../trace/sessionTrace.ts';
import type { TextEdit } from './displayedText.ts';
import { findWords, type WordForm } from './wordForms.ts';

/** A change of the displayed words; edits that only move white space make none. */
export interface WordStep {
  atUs: Micros;
  /** Which edit made it. */
  editIndex: number;
  /** Words at the front that stay. */
  keptWords: number;
  /** Words behind them that went or changed. */
  removedWords: number;
  addedWords: string[];
  /** See {@link TextEdit.appends}: the last word before may have grown, nothing was taken back. */
  appends: boolean;
  byFinal: boolean;
}

/**
 * The displayed words after each edit, as steps. Cost is linear in the text that changes, not
 * in the text displayed.
 */
export function wordSteps(edits: readonly TextEdit[], form: WordForm): WordStep[] {
  const shown = new ShownWords(form);
  const steps: WordStep[] = [];
  edits.forEach((edit, editIndex) => {
    const { keptWords, removedWords, addedWords } = shown.apply(edit);
    if (removedWords === 0 && addedWords.length === 0) return;
    const { atUs, appends, byFinal } = edit;
    steps.push({ atUs, editIndex, keptWords, removedWords, addedWords, appends, byFinal });
  });
  return steps;
}

/** The words displayed after all steps. */
export function finalWords(steps: readonly WordStep[]): string[] {
  const words: string[] = [];
  for (const step of steps) applyStep(words, step);
  return words;
}

/** Changes `words` in place. */
export function applyStep(words: string[], step: WordStep): void {
  words.length = step.keptWords;
  for (const word of step.addedWords) words.push(word);
}

interface Token {
  raw: string;
  startChars: number;
  /** Its form's place in `forms`, or that of the next form where its own is empty. */
  formIndex: number;
}

type WordChange = Pick<WordStep, 'keptWords' | 'removedWords' | 'addedWords'>;

class ShownWords {
  private readonly form: WordForm;
  private readonly tokens: Token[] = [];
  private readonly forms: string[] = [];

  constructor(form: WordForm) {
    this.form = form;
  }

  apply(edit: TextEdit): WordChange {
    const open = this.dropTokensFrom(edit.keptChars);
    const keptForms = open?.formIndex ?? this.forms.length;
    const old = this.forms.splice(keptForms);
    const startChars = Math.min(open?.startChars ?? Infinity, edit.keptChars);
    // The rest of the word that is still open, and what continues it.
    const text = (open?.raw.slice(0, edit.keptChars - startChars) ?? '') + edit.addedText;
    this.addTokens(text, startChars);
    let same = 0;
    while (same < old.length && old[same] === this.forms[keptForms + same]) same++;
    return {
      keptWords: keptForms + same,
      removedWords: old.length - same,
      addedWords: this.forms.slice(keptForms + same),
    };
  }

  /** Removes the tokens that reach `keptChars` or lie behind it; returns the first of them. */
  private dropTokensFrom(keptChars: number): Token | null {
    let first: Token | null = null;
    for (;;) {
      const last = this.tokens.at(-1);
      if (!last || last.startChars + last.raw.length < keptChars) return first;
      first = last;
      this.tokens.pop();
    }
  }

  private addTokens(text: string, startChars: number): void {
    for (const { text: raw, offsetChars } of findWords(text)) {
      this.tokens.push({ raw, startChars: startChars + offsetChars, formIndex: this.forms.length });
      const word = this.form(raw);
      if (word !== '') this.forms.push(word);
    }
  }
}
