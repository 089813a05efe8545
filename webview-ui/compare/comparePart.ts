import type { CompareAction } from '../../src/compareview/compareActions.ts';
import type { FromCompare, ToCompare } from '../../src/compareview/compareMessages.ts';
import type { CompareState } from './compareState.ts';

export type Post = (message: FromCompare) => void;

/** A part of the page; made with the store and a way to talk to the extension. */
export interface ComparePart {
  readonly root: HTMLElement;
  /** The state has changed. */
  update(state: CompareState): void;
  receive(message: ToCompare): void;
  /** Whether the action was the part's to perform. */
  perform(action: CompareAction): boolean;
}
