import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { decodeMultiStream, encode } from '@msgpack/msgpack';

/** Kinds of messages of MessagePack-RPC. */
const request = 0;
const response = 1;

/**
 * For `node:test`'s `skip` option: false where there is Neovim, else why the test cannot run. It is
 * skipped with `CI` set, too: not every machine can have it.
 */
export function skipWithoutNeovim(): string | false {
  const isThere = spawnSync('nvim', ['--version'], { stdio: 'ignore' }).status === 0;
  return isThere ? false : 'Neovim is not installed: `apt-get install neovim`.';
}

export interface NeovimOptions {
  folder: string;
  /** Settings in Lua, as a user has them in `init.lua`. */
  init: string;
  env: NodeJS.ProcessEnv;
}

/** Neovim without a screen, used by keys and by Lua. */
export class Neovim {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #waiting = new Map<number, (answer: [error: unknown, result: unknown]) => void>();
  #sent = 0;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;

  private constructor({ folder, env }: NeovimOptions) {
    const child = spawn('nvim', ['--embed', '--headless', '--clean', '-n'], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#input = child.stdin;
    this.ended = new Promise((resolve) => {
      child.once('close', resolve);
    });
    void this.#read(child.stdout);
  }

  static async start(options: NeovimOptions): Promise<Neovim> {
    const neovim = new Neovim(options);
    try {
      await neovim.lua(options.init);
      return neovim;
    } catch (error) {
      await neovim.kill();
      throw error;
    }
  }

  /** Runs Lua and gives what it returns; `...` are the arguments. */
  async lua<Result>(code: string, ...args: unknown[]): Promise<Result> {
    return (await this.#call('nvim_exec_lua', code, args)) as Result;
  }

  /** Presses keys, written as Neovim does: `<Esc>`. */
  async keys(keys: string): Promise<void> {
    await this.#call('nvim_input', keys);
  }

  async edit(file: string): Promise<void> {
    await this.lua('vim.cmd("edit " .. vim.fn.fnameescape(...))', file);
  }

  /** The text in front. */
  async text(): Promise<string> {
    const lines = await this.lua<string[]>('return vim.api.nvim_buf_get_lines(0, 0, -1, true)');
    return lines.map((line) => `${line}\n`).join('');
  }

  /** Puts the cursor on a text, or a few bytes behind its start. */
  async goTo(marked: string, inside = 0): Promise<void> {
    await this.lua(
      `local marked, inside = ...
      vim.fn.cursor(1, 1)
      assert(vim.fn.search('\\\\V' .. vim.fn.escape(marked, '\\\\'), 'cW') > 0, marked)
      vim.fn.cursor(vim.fn.line('.'), vim.fn.col('.') + inside)`,
      marked,
      inside,
    );
  }

  async quit(): Promise<number | null> {
    await this.keys('<Esc>:qa!<CR>');
    return this.ended;
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  async #call(method: string, ...args: unknown[]): Promise<unknown> {
    this.#sent += 1;
    const id = this.#sent;
    const answered = new Promise<[unknown, unknown]>((resolve) => this.#waiting.set(id, resolve));
    this.#input.write(encode([request, id, method, args]));
    const [error, result] = await answered;
    if (error !== null) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  async #read(output: Readable): Promise<void> {
    for await (const message of decodeMultiStream(output)) {
      const [kind, id, error, result] = message as [number, number, unknown, unknown];
      if (kind !== response) continue;
      this.#waiting.get(id)?.([error, result]);
      this.#waiting.delete(id);
    }
    for (const end of this.#waiting.values()) end(['Neovim has ended.', null]);
  }
}
