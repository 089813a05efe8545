import type { Place } from './place.ts';

/** Something to do, shown above a line. */
export interface Lens extends Place {
  title: string;
  command: string;
  /** Behind the document's address. */
  arguments: unknown[];
}
