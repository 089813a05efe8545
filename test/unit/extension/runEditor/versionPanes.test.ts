import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  VersionPanes,
  type VersionPane,
} from '../../../../src/extension/runEditor/versionPanes.ts';

interface TestPane extends VersionPane {
  /** What its page was told last; null where nothing was. */
  isLinked: boolean | null;
}

function pane(scheme: string, path: string, viewColumn?: number): TestPane {
  const made: TestPane = {
    isLinked: null,
    uri: { scheme, path, toString: () => `${scheme}:${path}` },
    view: { visible: true, viewColumn },
    panel: {
      post: (message) => {
        if (message.type === 'versions') made.isLinked = message.isLinked;
      },
    },
  };
  return made;
}

function shown(...panes: TestPane[]): VersionPanes<TestPane> {
  const all = new VersionPanes<TestPane>();
  for (const each of panes) all.add(each);
  return all;
}

test('two versions in one group of editors are a diff', () => {
  const [head, file] = [pane('git', '/a', 1), pane('file', '/a', 1)];
  const all = shown(head, file);
  assert.equal(all.partnerOf(head), file);
  assert.equal(all.partnerOf(file), head);
  assert.deepEqual([head.isLinked, file.isLinked], [true, true]);
});

test('other runs, other groups, hidden tabs and two views of one version are not', () => {
  const file = pane('file', '/a', 1);
  const hidden = pane('git', '/a', 1);
  hidden.view.visible = false;
  for (const other of [
    hidden,
    pane('git', '/b', 1),
    pane('git', '/a', 2),
    pane('file', '/a', 1),
    pane('git', '/a'),
  ]) {
    assert.equal(shown(file, other).partnerOf(file), null);
  }
  assert.equal(shown(pane('git', '/a'), pane('file', '/a')).partnerOf(file), null);
  assert.equal(file.isLinked, null);
});

test('pages are told when their partner goes and when it comes', () => {
  const [head, file] = [pane('git', '/a', 1), pane('file', '/a', 1)];
  const all = shown(head, file);
  head.view.visible = false;
  all.refresh();
  assert.deepEqual([head.isLinked, file.isLinked], [false, false]);
  head.view.visible = true;
  all.refresh();
  assert.deepEqual([head.isLinked, file.isLinked], [true, true]);
  all.remove(head);
  assert.equal(file.isLinked, false);
});

test('a page that was loaded again is told again', () => {
  const [head, file] = [pane('git', '/a', 1), pane('file', '/a', 1)];
  const all = shown(head, file);
  head.isLinked = null;
  all.tell(head);
  assert.equal(head.isLinked, true);
});

test('the baseline of the two is the one that is not on disk, or else the one on the left', () => {
  const schemes = (panes: TestPane[]) =>
    shown(...panes)
      .versionsWith(panes[0]!)
      .map(({ scheme }) => scheme);
  assert.deepEqual(schemes([pane('file', '/a', 1), pane('git', '/a', 1)]), ['git', 'file']);
  assert.deepEqual(schemes([pane('git', '/a', 1), pane('file', '/a', 1)]), ['git', 'file']);
  assert.deepEqual(schemes([pane('one', '/a', 1), pane('two', '/a', 1)]), ['one', 'two']);
});
