import type { TextEdit } from './displayedText.ts';
import { separatorBetween } from './separatorBetween.ts';

/** A stretch of the transcript that the protocol names, as shown so far. */
interface Unit {
  text: string;
  /** Its text before the first final: what was streamed. */
  streamedText: string;
  isFinal: boolean;
  /** It received a snapshot, so what it shows is a guess until the final. */
  isRevisable: boolean;
  /** Length of the displayed text in front of this unit and of its separator. */
  charsBefore: number;
}

export type UnitEdit = Pick<TextEdit, 'keptChars' | 'addedText' | 'appends'>;

/**
 * The units of one session in the order they first appeared, and the text they show together.
 * Every change returns the edit of the displayed text it causes, or null where it shows nothing.
 */
export class TranscriptUnits {
  private readonly units: Unit[] = [];
  private readonly indexOfName = new Map<string, number>();
  private length = 0;

  /** True when the unit already has its final text: what comes now is a late delta. */
  isFinal(name: string): boolean {
    const index = this.indexOfName.get(name);
    return index !== undefined && this.units[index]!.isFinal;
  }

  hasText(name: string): boolean {
    const index = this.indexOfName.get(name);
    return index !== undefined && this.units[index]!.text !== '';
  }

  /** Gives a unit its place behind those there are, before its text comes. */
  place(name: string): void {
    this.indexOf(name);
  }

  append(name: string, text: string): UnitEdit | null {
    const index = this.indexOf(name);
    const unit = this.units[index]!;
    const isSimple = index === this.units.length - 1 && unit.text !== '';
    const newText = unit.text === '' ? text.trimStart() : unit.text + text;
    unit.streamedText = newText;
    if (!isSimple) return this.rewrite(index, newText);
    if (text === '') return null;
    unit.text = newText;
    const keptChars = this.length;
    this.length += text.length;
    return { keptChars, addedText: text, appends: !unit.isRevisable };
  }

  replace(name: string, text: string): UnitEdit | null {
    const index = this.indexOf(name);
    const unit = this.units[index]!;
    unit.isRevisable = true;
    unit.streamedText = text.trimStart();
    return this.rewrite(index, unit.streamedText);
  }

  /** A blank final confirms what the unit shows; any other replaces it. */
  finalise(name: string, text: string): UnitEdit | null {
    const index = this.indexOf(name);
    const unit = this.units[index]!;
    unit.isFinal = true;
    return this.rewrite(index, text.trim() === '' ? unit.text : text.trimStart());
  }

  /** All that is shown. */
  text(): string {
    return joinTexts(this.units.map((unit) => unit.text));
  }

  /** Where in {@link text} each unit with text begins, behind its separator. */
  starts(): number[] {
    const starts: number[] = [];
    let last = '';
    let length = 0;
    for (const { text } of this.units) {
      if (text === '') continue;
      length += separatorBetween(last, text).length;
      starts.push(length);
      length += text.length;
      last = text;
    }
    return starts;
  }

  /** What the deltas alone said, before any final replaced it. */
  streamedText(): string {
    return joinTexts(this.units.map((unit) => unit.streamedText));
  }

  private indexOf(name: string): number {
    const known = this.indexOfName.get(name);
    if (known !== undefined) return known;
    const index = this.units.length;
    this.indexOfName.set(name, index);
    this.units.push({
      text: '',
      streamedText: '',
      isFinal: false,
      isRevisable: false,
      charsBefore: this.length,
    });
    return index;
  }

  private rewrite(index: number, newText: string): UnitEdit | null {
    const unit = this.units[index]!;
    const before = this.lastTextBefore(index);
    const oldTail = this.tail(index, before);
    const appends = !unit.isRevisable && newText.startsWith(unit.text);
    unit.text = newText;
    const newTail = this.tail(index, before);
    const lengthBefore = this.length;
    const shared = commonPrefixLength(oldTail, newTail);
    this.length = unit.charsBefore + newTail.length;
    const keptChars = unit.charsBefore + shared;
    const addedText = newTail.slice(shared);
    const keepsAll = keptChars === lengthBefore;
    return keepsAll && addedText === ''
      ? null
      : { keptChars, addedText, appends: appends && keepsAll };
  }

  /** The text of this unit and those behind it with their separators; renews `charsBefore`. */
  private tail(index: number, before: string): string {
    const start = this.units[index]!.charsBefore;
    let tail = '';
    let last = before;
    for (const unit of this.units.slice(index)) {
      unit.charsBefore = start + tail.length;
      if (unit.text === '') continue;
      tail += separatorBetween(last, unit.text) + unit.text;
      last = unit.text;
    }
    return tail;
  }

  private lastTextBefore(index: number): string {
    return this.units.findLast((unit, at) => at < index && unit.text !== '')?.text ?? '';
  }
}

function joinTexts(texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .reduce((joined, text) => joined + separatorBetween(joined, text) + text, '');
}

function commonPrefixLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}
