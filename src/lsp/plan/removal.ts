import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../remarks/finding.ts';

/** Takes a property out of its object, with the comma that belongs to it and its line. */
export function propertyRemoval(text: string, property: Node): TextEdit {
  let start = property.offset;
  let end = property.offset + property.length;
  const behind = /^\s*,/.exec(text.slice(end));
  if (behind) {
    end += behind[0].length;
  } else {
    const before = /,\s*$/.exec(text.slice(0, start));
    if (before) start -= before[0].length;
  }
  const line = behind && /^[^\S\n]*\n/.exec(text.slice(end));
  const indent = /(?:^|\n)([^\S\n]*)$/.exec(text.slice(0, start))?.[1];
  if (line && indent !== undefined) {
    start -= indent.length;
    end += line[0].length;
  } else if (behind) {
    end += /^[^\S\n]*/.exec(text.slice(end))![0].length;
  }
  return { offset: start, length: end - start, newText: '' };
}
