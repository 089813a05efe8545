import type { Node } from 'jsonc-parser';
import type { Place } from '../remarks/place.ts';

/** A string of a plan, and where its content is between the quotes. */
export interface StringPart extends Place {
  value: string;
  /** Without escapes: a place within the value is one within the text. */
  isPlain: boolean;
}

/** The string at a node; null where it is something else. */
export function stringPart(text: string, node: Node | null | undefined): StringPart | null {
  if (node?.type !== 'string' || typeof node.value !== 'string') return null;
  const offset = node.offset + 1;
  const end = node.offset + node.length;
  // While it is typed, a string may have no end.
  const isClosed = node.length > 1 && text[end - 1] === '"';
  const length = Math.max(0, (isClosed ? end - 1 : end) - offset);
  const isPlain = text.slice(offset, offset + length) === node.value;
  return { value: node.value, offset, length, isPlain };
}

/** Where characters of a string's value are; all of it where escapes make that uncertain. */
export function placeWithin(part: StringPart, start: number, length: number): Place {
  return part.isPlain
    ? { offset: part.offset + start, length }
    : { offset: part.offset, length: part.length };
}
