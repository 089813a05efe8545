// Makes sure that there is a browser to test pages and the workbench with.
import { spawnSync } from 'node:child_process';
import { chromiumRemedy, findChromium } from '../test/support/chromium.ts';

function aptGet(...args: string[]): boolean {
  return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

function installFromDebian(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  console.error('Installing Chromium (apt-get) …');
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', 'chromium');
}

if (findChromium() === null && !(installFromDebian() && findChromium() !== null)) {
  console.error(chromiumRemedy);
  process.exitCode = 1;
}
