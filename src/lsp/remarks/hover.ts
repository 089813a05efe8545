import type { Place } from './place.ts';

/** What is told of a place. */
export interface Hover extends Place {
  /** Markdown in which nothing of a file or a server can be a link. */
  markdown: string;
}
