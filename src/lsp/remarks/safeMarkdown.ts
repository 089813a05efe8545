import { markdownCode } from '../../report/escapeMarkdown.ts';
import { sanitiseText } from '../../transport/sanitiseText.ts';

/** Text of unknown origin as it may stand in Markdown: it neither formats nor links. */
export function quoted(text: string, maxCharacters = 200): string {
  const line = sanitiseText(text, maxCharacters);
  // Editors differ in what HTML they show; backticks work everywhere, if the text has none.
  return line.includes('`') ? markdownCode(line) : `\`${line}\``;
}

/** A message may be a whole transcript. */
const mostBlockCharacters = 1500;

/** Text of unknown origin, as it is: in a block whose fence is longer than any in the text. */
export function codeBlock(text: string, language: string): string {
  const shown =
    text.length <= mostBlockCharacters
      ? text
      : `${text.slice(0, mostBlockCharacters)}… (${text.length} characters)`;
  const longest = Math.max(2, ...Array.from(shown.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}
