// Runs an npm script after making sure that what it needs is installed.
// Plain JavaScript without dependencies: it runs on whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;
const scriptsWithPeers = ['test:all', 'peers:run'];
const [script, ...args] = process.argv.slice(2);

function npm(...npmArgs) {
  const { status, error } = spawnSync('npm', npmArgs, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  return status ?? 1;
}

if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  console.error(
    `RTBench needs Node ${oldestNode} or newer to set itself up; this is ${process.version}.`,
  );
  process.exit(1);
}

/** Installs what the lock file of a folder says, unless that is there already. */
function install(folder, what) {
  const lock = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
  const stamp = path.join(folder, 'node_modules', '.rtbench-installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error(`Installing ${what} (npm ci) …`);
  const status = npm('ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error');
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, lock);
}

// Each file of tests is a process of its own; they need not compile again what they share.
process.env.NODE_COMPILE_CACHE ??= path.join(root, '.cache', 'compiled');

install(root, 'dependencies');
if (scriptsWithPeers.includes(script)) {
  install(path.join(root, 'test', 'peers'), 'official clients to test against');
}
process.exit(npm('run', '--silent', script, '--', ...args));
