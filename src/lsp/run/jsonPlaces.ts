import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { placeOf } from '../../planfile/nodePlace.ts';
import type { Place } from '../remarks/place.ts';

/** A text as JSON, as far as it is. */
export interface ReadJson {
  text: string;
  /** Null where there is nothing. */
  tree: Node | null;
  /** Where it is not JSON any more; null where it is throughout. */
  errorAt: Place | null;
}

/** Reads a text for places in it. Never throws. */
export function readJson(text: string): ReadJson {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true }) ?? null;
  const [error] = errors;
  return {
    text,
    tree,
    errorAt: error ? { offset: error.offset, length: error.length || 1 } : null,
  };
}

/** Where the value at a path is, or the key of one that would mark much of the text. */
export function shortPlace({ text, tree }: ReadJson, path: readonly (string | number)[]): Place {
  if (!tree) return { offset: 0, length: 1 };
  const place = placeOf(tree, path);
  const isLarge = /[[{]/.test(text[place.offset] ?? '');
  return isLarge ? placeOf(tree, path, 'key') : place;
}
