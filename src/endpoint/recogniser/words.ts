/** A word as it is compared and as it is shown. */
export interface Word {
  /** Letters and digits only, lower-case. Never empty. */
  key: string;
  /** As written, without the punctuation after it. */
  core: string;
  /** Punctuation after it: `,`, `?`, ` –`, or the hyphen to the next part of a compound. */
  tail: string;
  /** What separates it from the word before it; empty within a hyphenated compound. */
  lead: ' ' | '';
}

/** Ends after a hyphen that has letters or digits on both sides. */
const compoundJoint = /(?<=[\p{L}\p{N}]-)(?=[\p{L}\p{N}])/u;

/**
 * The words of a text. The parts of a hyphenated compound are words of their own, so that text
 * which went on from "fellow" can become "fellow-Americans". Punctuation that stands alone joins
 * the word before it.
 */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (const written of text.split(/\s+/).filter((part) => part !== '')) {
    let lead: Word['lead'] = ' ';
    for (const part of written.split(compoundJoint)) {
      addWord(words, part, lead);
      lead = '';
    }
  }
  return words;
}

function addWord(words: Word[], written: string, lead: Word['lead']): void {
  const key = written.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const previous = words.at(-1);
  if (key !== '') {
    const core = written.replace(/[^\p{L}\p{N}]+$/u, '');
    words.push({ key, core, tail: written.slice(core.length), lead });
  } else if (previous !== undefined) {
    previous.tail += ` ${written}`;
  }
}
