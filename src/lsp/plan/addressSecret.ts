/** A secret in an endpoint's address. */
export interface AddressSecret {
  /** What shows it, as units of the address. */
  start: number;
  end: number;
  secret: string;
  /** What is left of the address without it. */
  rest: string;
}

const login = /^(\w+:\/\/)([^/?#]*)@/;
const parameter =
  /([?&])[\w-]*(?:key|token|secret|password|signature|credential|jwt)[\w-]*=([^&#]{4,})(&?)/i;

/** The first secret in an address; null where there is none. */
export function addressSecret(url: string): AddressSecret | null {
  const user = login.exec(url);
  if (user) {
    const [shown, scheme, names] = user as unknown as [string, string, string];
    const secret = decoded(names.includes(':') ? names.slice(names.indexOf(':') + 1) : names);
    return { start: 0, end: shown.length, secret, rest: scheme + url.slice(shown.length) };
  }
  const found = parameter.exec(url);
  if (!found) return null;
  const [shown, before, value, behind] = found as unknown as [string, string, string, string];
  const start = found.index;
  const end = start + shown.length;
  const rest = url.slice(0, start) + (behind === '' ? '' : before) + url.slice(end);
  return { start, end: end - behind.length, secret: decoded(value), rest };
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
