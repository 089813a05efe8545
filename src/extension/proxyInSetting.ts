/** What `rtbench.proxy` holds: null where it is empty. What is no text is refused as an address. */
export function proxyInSetting(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  return text === '' ? null : text;
}
