// Makes sure that what the tests need beside npm is there: a browser, and compilers for the parts of
// VS Code's server that have to be built. Installs it where it may (Debian, as root), and Neovim, too,
// without which one test is skipped.
import { spawnSync } from 'node:child_process';
import { chromiumRemedy, findChromium } from '../test/support/chromium.ts';
import { skipWithoutNeovim } from '../test/support/neovim.ts';

const compilers = ['python3', 'make', 'g++'];

function aptGet(...args: string[]): boolean {
  return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

function install(packages: string[]): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  console.error(`Installing ${packages.join(', ')} (apt-get) …`);
  if (aptGet('update')) aptGet('install', '-y', '--no-install-recommends', ...packages);
}

function isMissing(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0;
}

const packages = [
  ...(findChromium() === null ? ['chromium', 'fonts-dejavu-core'] : []),
  ...(compilers.some(isMissing) ? ['build-essential', 'python3'] : []),
];
if (packages.length > 0) install(packages);
// By itself: a machine that cannot have it gets the rest.
if (skipWithoutNeovim() !== false) install(['neovim']);

if (findChromium() === null) {
  console.error(chromiumRemedy);
  process.exitCode = 1;
}
