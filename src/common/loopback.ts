/**
 * Whether a host is this computer itself.
 * @param hostname as `URL` gives it, which writes every form of an address in one way.
 */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || loopbackAddress.test(name);
}

/** 127.0.0.0/8, also where IPv6 wraps it, and ::1. */
const loopbackAddress = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/;
