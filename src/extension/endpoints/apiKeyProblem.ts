/** Why a text cannot be an API key, null where it can. Does not repeat it. */
export function apiKeyProblem(text: string): string | null {
  const key = text.trim();
  if (key === '') return null;
  return /^[\x21-\x7e]+$/.test(key)
    ? null
    : 'A key cannot hold spaces, line breaks or non-ASCII characters.';
}
