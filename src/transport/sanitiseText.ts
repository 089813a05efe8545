/** Text from a server as it may be shown on one line: no control characters, bounded length. */
export function sanitiseText(text: string, maxCharacters = 300): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
}
