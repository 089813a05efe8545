import { markdownCode } from '../../report/escapeMarkdown.ts';
import { sanitiseText } from '../../transport/sanitiseText.ts';

/** Text of unknown origin as it may stand in Markdown: it neither formats nor links. */
export function quoted(text: string, maxCharacters = 200): string {
  const line = sanitiseText(text, maxCharacters);
  // Editors differ in what HTML they show; backticks work everywhere, if the text has none.
  return line.includes('`') ? markdownCode(line) : `\`${line}\``;
}
