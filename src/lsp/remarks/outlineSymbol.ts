import type { Place } from './place.ts';

/** A part of a document in an outline. */
export interface OutlineSymbol extends Place {
  name: string;
  detail: string;
  kind: 'list' | 'endpoint' | 'dataset' | 'threshold' | 'property' | 'session';
  /** Where its name is. */
  selection: Place;
  children: OutlineSymbol[];
}
