import { accessSync, constants } from 'node:fs';

/** Where distributions and CI images put Chromium or Chrome. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Flags that keep it quiet, offline and able to run as root. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What to say where {@link findChromium} finds nothing. */
export const chromiumRemedy =
  'Chromium is not installed: `apt-get install chromium`, or set CHROMIUM_PATH.';

/** The browser to test with: `CHROMIUM_PATH`, else one in a usual place; null without one. */
export function findChromium(): string | null {
  const { CHROMIUM_PATH: chosen } = process.env;
  return [...(chosen ? [chosen] : []), ...usualPlaces].find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
