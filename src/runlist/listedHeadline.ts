import type { RunHeadline } from './headlineFigures.ts';

/** What a file that was found is. */
export type ListedHeadline =
  { kind: 'run'; headline: RunHeadline } | { kind: 'broken'; reason: string };
