import { BenchError } from './benchError.ts';
import { isLoopback } from './loopback.ts';

/** Where the user set the proxy, for messages. */
export const proxyPlace = 'rtbench.proxy in the settings, --proxy on the command line';

/**
 * The origin of a proxy's address, null for none.
 * @throws BenchError `proxy_invalid`, which does not repeat an address that may hold a secret.
 */
export function checkedProxy(address: string | null): string | null {
  if (address === null) return null;
  // What is no URL may hold a password too.
  if (address.includes('@')) {
    throw invalid(
      'The proxy address must not hold a user name or password: settings and command lines are no' +
        ' place for secrets. Take a proxy without a login, such as one on this computer that logs' +
        ' in for you',
    );
  }
  if (!URL.canParse(address) || !/^https?:\/\//i.test(address)) {
    throw invalid(
      `The proxy address "${address}" is not usable: write http://host:port or https://host:port`,
    );
  }
  const { origin, pathname, search, hash } = new URL(address);
  if (pathname + search + hash !== '/') {
    throw invalid(`The proxy address has more than scheme, host and port: write ${origin}`);
  }
  return origin;
}

function invalid(problem: string): BenchError {
  return new BenchError('proxy_invalid', `${problem} (${proxyPlace}).`);
}

/**
 * The proxy that an address is reached through, null where it is reached straight: without a
 * proxy, on this computer, and where the address is none (`embedded`).
 */
export function proxyFor(url: string, proxy: string | null): string | null {
  if (proxy === null || !URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return hostname === '' || isLoopback(hostname) ? null : proxy;
}
