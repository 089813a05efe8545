import { Option } from 'commander';

/** `--proxy` of all that connects. The address is checked where it is used: it is not repeated. */
export function proxyOption(): Option {
  return new Option(
    '--proxy <url>',
    'HTTP proxy to reach endpoints through (http://host:port), except this computer itself',
  );
}
