const longestPhrase = 6;

/**
 * How many of `tokens` to keep when the last phrase (1 to 6 tokens) is being said over and over,
 * as the decoder does on odd audio: everything up to and with the phrase's first saying. Null
 * when nothing loops. One or two tokens may be said four times ("no, no, no, no"), longer
 * phrases three times.
 */
export function loopKeepLength(tokens: readonly number[]): number | null {
  for (let length = 1; length <= longestPhrase; length += 1) {
    const limit = length <= 2 ? 5 : 4;
    if (endsInRepeats(tokens, length, limit)) return tokens.length - length * (limit - 1);
  }
  return null;
}

function endsInRepeats(tokens: readonly number[], length: number, count: number): boolean {
  const start = tokens.length - length * count;
  if (start < 0) return false;
  for (let index = start + length; index < tokens.length; index += 1) {
    if (tokens[index] !== tokens[index - length]) return false;
  }
  return true;
}
