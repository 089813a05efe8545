import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import type { ToCompare } from '../../../src/compareview/compareMessages.ts';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import { CompareDocument } from '../../../src/extension/compareEditor/compareDocument.ts';
import type {
  CompareAnswers,
  CompareRequest,
} from '../../../src/extension/compareEditor/compareReaderMessages.ts';
import { CompareReaderThread } from '../../../src/extension/compareEditor/compareReaderThread.ts';
import { compareUri } from '../../../src/extension/compareEditor/compareUri.ts';
import { waitFor } from './waitFor.ts';
import { workspaceFile } from './workspace.ts';

interface Asked {
  isStopped: () => boolean;
  answer: (method: string) => void;
  fail: () => void;
}

const runs = ['a', 'b'].map((name) => workspaceFile(`nowhere/${name}.rtbench.json`));
const address = compareUri(runs.map((uri) => ({ uri, title: 'Run' })));

/** A thread that answers when the test says so. */
class ScriptedThread extends CompareReaderThread {
  readonly asked: Asked[] = [];

  override async ask<Request extends CompareRequest>(
    request: Request,
  ): Promise<CompareAnswers[Request['type']]> {
    assert.equal(request.type, 'compare');
    const { stop } = request;
    const answered = new Promise<CompareAnswers['compare']>((resolve, reject) => {
      this.asked.push({
        isStopped: () => Atomics.load(stop, 0) !== 0,
        answer: (method) => {
          resolve({ view: viewWith(method), sources: [], problem: null });
        },
        fail: () => {
          reject(new Error('The thread broke.'));
        },
      });
    });
    return answered as Promise<CompareAnswers[Request['type']]>;
  }

  /** The comparison asked for at a place, as soon as it is. */
  at(place: number): Promise<Asked> {
    return waitFor(`request ${place}`, () => this.asked[place]);
  }
}

/** Views are told apart by their method. */
function viewWith(method: string): CompareView {
  const run = (uri: vscode.Uri) => ({
    uri: uri.toString(),
    letter: 'A',
    title: 'Run',
    file: 'run.rtbench.json',
    startedAtMs: 0,
    warnings: [],
    problem: null,
    isStarred: false,
  });
  return { runs: runs.map(run), pairs: [], trends: [], load: null, method };
}

describe('a comparison that is made anew', () => {
  let thread: ScriptedThread;
  let document: CompareDocument;
  let messages: ToCompare[];
  let isStarred: () => Promise<boolean>;

  beforeEach(() => {
    thread = new ScriptedThread('none');
    messages = [];
    isStarred = () => Promise.resolve(false);
    document = new CompareDocument(address, runs, {
      thread,
      noise: () => Promise.resolve({}),
      isStarred: () => isStarred(),
      onClose: () => undefined,
    });
    document.add({ post: (message) => messages.push(message), tell: () => undefined });
  });
  afterEach(() => {
    document.end();
  });

  const shows = (method: string) =>
    waitFor(method, () => {
      const last = messages.at(-1);
      return last?.type === 'comparison' && last.view.method === method ? last : undefined;
    });

  it('is stopped, and is silent about failing then', async () => {
    const first = await thread.at(0);
    document.refresh();
    const second = await thread.at(1);
    assert.equal(first.isStopped(), true);
    assert.equal(second.isStopped(), false);
    first.fail();
    second.answer('second');
    await shows('second');
    assert.ok(messages.every(({ type }) => type !== 'problem'));
  });

  it('keeps its new figures when stars are known late', async () => {
    (await thread.at(0)).answer('first');
    await shows('first');
    let tellStars: (starred: boolean) => void = () => undefined;
    const late = new Promise<boolean>((resolve) => {
      tellStars = resolve;
    });
    isStarred = () => late;
    const showing = document.showStars();
    isStarred = () => Promise.resolve(false);
    document.refresh();
    (await thread.at(1)).answer('second');
    await shows('second');
    tellStars(true);
    await showing;
    const { view } = await shows('second');
    assert.ok(view.runs.every((run) => run.isStarred));
  });

  it('says that it failed, until the next one is there', async () => {
    (await thread.at(0)).fail();
    await waitFor('a problem', () => messages.find(({ type }) => type === 'problem'));
    document.refresh();
    (await thread.at(1)).answer('second');
    assert.equal((await shows('second')).isOutdated, false);
  });
});
