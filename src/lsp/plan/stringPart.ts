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

/** Where characters of a string's value are, `text` being what it stands in. */
export function placeWithin(
  { offset, length, isPlain }: StringPart,
  { text, start, end }: { text: string; start: number; end: number },
): Place {
  if (isPlain) return { offset: offset + start, length: end - start };
  // As a unit of the value is written each.
  const units = text.slice(offset, offset + length).match(/\\(?:u[0-9a-f]{4}|.)|[^]/gi) ?? [];
  const written = (count: number): number => units.slice(0, count).join('').length;
  return { offset: offset + written(start), length: written(end) - written(start) };
}
