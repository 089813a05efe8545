import * as vscode from 'vscode';
import { setContext } from '../setContext.ts';
import type { RunTally } from './runTally.ts';

export const benchmarkMenuCommand = 'rtbench.benchmarkMenu';

/** Sessions of a fast run end more often than a person can read. */
const refreshMs = 200;

/** Shows a run that goes on in the status bar, and in `when` clauses. */
export class BenchmarkStatus implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #tally: RunTally;
  readonly #timer: NodeJS.Timeout;
  #shown = '';

  /** @param onChange called with the text whenever it is another one */
  constructor(tally: RunTally, onChange: (text: string) => void) {
    this.#tally = tally;
    this.#item = vscode.window.createStatusBarItem(
      'rtbench.benchmark',
      vscode.StatusBarAlignment.Left,
    );
    this.#item.name = 'RTBench Benchmark';
    this.#item.command = benchmarkMenuCommand;
    setContext('rtbench.benchmarkRunning', true);
    this.#timer = setInterval(() => {
      this.#refresh(onChange);
    }, refreshMs);
    this.#refresh(onChange);
    this.#item.show();
  }

  dispose(): void {
    clearInterval(this.#timer);
    setContext('rtbench.benchmarkRunning', false);
    this.#item.dispose();
  }

  #refresh(onChange: (text: string) => void): void {
    const text = this.#tally.text();
    if (text === this.#shown) return;
    this.#shown = text;
    const { done, total } = this.#tally;
    const count = total === 0 ? '' : ` ${done}/${total}`;
    this.#item.text = `$(loading~spin) RTBench${count}`;
    this.#item.tooltip = `Benchmark: ${text}`;
    const spoken = total === 0 ? 'preparing' : `${done} of ${total} sessions done`;
    this.#item.accessibilityInformation = {
      label: `RTBench benchmark running, ${spoken}`,
      role: 'button',
    };
    onChange(text);
  }
}
