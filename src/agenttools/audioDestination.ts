import { embeddedUrl } from '../plan/embeddedUrl.ts';

/** Where an endpoint's audio goes. */
export interface AudioDestination {
  /** Host and port; `embedded` for the recogniser that comes with RTBench. */
  host: string;
  leavesComputer: boolean;
}

const ownHost = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** By the address alone: a name that is not this computer's own counts as another computer. */
export function audioDestination(url: string): AudioDestination {
  if (url === embeddedUrl) return { host: embeddedUrl, leavesComputer: false };
  if (!URL.canParse(url)) return { host: 'unknown host', leavesComputer: true };
  const { host, hostname } = new URL(url);
  return { host, leavesComputer: !ownHost.test(hostname) };
}
