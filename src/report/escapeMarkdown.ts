/** Everything that means something in Markdown, to GitHub or to a table. */
const special = /[&<>"'\\`*_{}[\]()#!|~@:$=+]|(?<=www)\./gi;

/**
 * Text of unknown origin as it may stand anywhere in Markdown, tables included: shown as code, so
 * that it can neither format, link, mention anybody nor end its cell.
 */
export function markdownCode(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/gu, ' ')
    .trim();
  if (line === '') return '';
  return `<code>${line.replace(special, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}
