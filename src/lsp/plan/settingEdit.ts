import { findNodeAtLocation } from 'jsonc-parser';
import type { TextEdit } from '../remarks/finding.ts';
import { valueOf, type PlanDocument } from './planDocument.ts';

/**
 * Gives a property of a plan a value: where it is, else in front of the thresholds. Leaves the rest
 * of the text as it is laid out.
 */
export function settingEdit(document: PlanDocument, key: string, value: string): TextEdit[] {
  const { text, tree } = document;
  const node = valueOf(document, key);
  if (node) return [{ offset: node.offset, length: node.length, newText: value }];
  const next = tree && (valueOf(document, 'thresholds')?.parent ?? tree.children?.[0]);
  if (!next) return [];
  const gap = /\s*$/.exec(text.slice(0, next.offset).slice(-200))![0];
  const space = gap.includes('\n') ? gap : ' ';
  return [{ offset: next.offset, length: 0, newText: `"${key}": ${value},${space}` }];
}

/** Has audio paced in another mode. */
export function pacingEdit(document: PlanDocument, mode: string): TextEdit[] {
  const pacing = valueOf(document, 'pacing');
  const newText = JSON.stringify(mode);
  if (pacing?.type !== 'object') return settingEdit(document, 'pacing', `{ "mode": ${newText} }`);
  const node = findNodeAtLocation(pacing, ['mode']);
  if (node) return [{ offset: node.offset, length: node.length, newText }];
  return [{ offset: pacing.offset + 1, length: 0, newText: ` "mode": ${newText},` }];
}
