// Runs an npm script after making sure that what it needs is installed.
// Plain JavaScript without dependencies: it runs on whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;
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

const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
const stamp = path.join(root, 'node_modules', '.rtbench-installed-lock');
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
if (!installed) {
  console.error('Installing dependencies (npm ci) …');
  const status = npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, lock);
}
process.exit(npm('run', '--silent', script, '--', ...args));
