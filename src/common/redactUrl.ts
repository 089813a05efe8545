const secretParameter = /key|token|secret|password|passwd|auth|signature|credential|jwt/i;

/** A URL as it may be shown and saved: without user name, password or secrets in its query. */
export function redactUrl(url: string): string {
  if (!URL.canParse(url)) {
    return url.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/s, '?…');
  }
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  for (const name of new Set(parsed.searchParams.keys())) {
    if (secretParameter.test(name)) {
      parsed.searchParams.set(name, 'redacted');
    }
  }
  return parsed.href;
}
