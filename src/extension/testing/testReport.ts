import * as vscode from 'vscode';
import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { Leaf } from './planItems.ts';
import type { ThresholdVerdict } from './judgeThreshold.ts';

const longestLine = 1000;

/** What a test run is told. Texts may come from servers and files: they stay plain, on one line. */
export class TestReport {
  readonly #run: vscode.TestRun;
  /** What has no result yet. */
  readonly #open = new Set<Leaf>();

  constructor(run: vscode.TestRun) {
    this.#run = run;
  }

  /** Cancelled by the user. */
  get token(): vscode.CancellationToken {
    return this.#run.token;
  }

  enqueue(leaves: readonly Leaf[]): void {
    for (const leaf of leaves) {
      this.#open.add(leaf);
      this.#run.enqueued(leaf.item);
    }
  }

  start(leaves: readonly Leaf[]): void {
    for (const { item } of leaves) this.#run.started(item);
  }

  /** A line of the output, which belongs to a test where one is given. */
  say(text: string, leaf?: Leaf): void {
    this.#run.appendOutput(`${sanitiseText(text, longestLine)}\r\n`, undefined, leaf?.item);
  }

  judge(leaf: Leaf, verdict: ThresholdVerdict): void {
    const { kind, expected, actual, missing } = verdict;
    const where = `${leaf.cell.endpoint}, ${leaf.cell.title}`;
    if (kind === 'no value') {
      this.fail([leaf], `${actual} (${where}): ${missing ?? ''}. Expected ${expected}.`);
      return;
    }
    this.#open.delete(leaf);
    this.say(`${kind === 'met' ? '✓' : '✗'} ${expected}: ${actual} (${where})`, leaf);
    if (kind === 'met') this.#run.passed(leaf.item);
    else {
      const text = sanitiseText(`${actual}, expected ${expected} (${where})`, longestLine);
      const message = vscode.TestMessage.diff(text, expected, actual);
      this.#run.failed(leaf.item, located(message, leaf));
    }
  }

  /** There is no verdict, and something has to be done about it. */
  fail(leaves: readonly Leaf[], problem: string): void {
    const text = sanitiseText(problem, longestLine);
    for (const leaf of leaves) {
      this.#open.delete(leaf);
      this.say(`! ${text}`, leaf);
      this.#run.errored(leaf.item, located(new vscode.TestMessage(text), leaf));
    }
  }

  /** A plan that cannot be read. */
  refuse(item: vscode.TestItem): void {
    const problem = typeof item.error === 'string' ? item.error : 'This plan cannot be read.';
    this.#run.errored(item, new vscode.TestMessage(problem));
  }

  /** There is no verdict, as the user wished or because there is nothing to judge. */
  skip(leaves: readonly Leaf[]): void {
    for (const leaf of leaves) {
      this.#open.delete(leaf);
      this.#run.skipped(leaf.item);
    }
  }

  end(): void {
    this.skip([...this.#open]);
    this.#run.end();
  }
}

function located(message: vscode.TestMessage, { item }: Leaf): vscode.TestMessage {
  if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
  return message;
}
