import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SessionRow } from '../../../src/runview/runView.ts';
import { pageStateOf, type PageState } from '../../../webview-ui/runEditor/pageState.ts';
import { nextSort, shownSessions } from '../../../webview-ui/runEditor/sessionFilter.ts';

const first = pageStateOf(undefined);

function row(id: string, overrides: Partial<SessionRow> = {}): SessionRow {
  return {
    id,
    endpointId: 'local',
    utteranceId: id,
    repeat: 0,
    status: 'success',
    failure: null,
    durationMs: 1000,
    ttftMs: 100,
    finalMs: 200,
    errorRate: 0,
    text: 'hello world',
    ...overrides,
  };
}

function shown(rows: SessionRow[], state: Partial<PageState>): string[] {
  return shownSessions(rows, { ...first, ...state }).map(({ id }) => id);
}

describe('shownSessions', () => {
  test('keeps the order of the run until told otherwise', () => {
    assert.deepEqual(shown([row('b'), row('a')], {}), ['b', 'a']);
  });

  test('sorts numbers both ways, rows without a value last', () => {
    const rows = [row('none', { ttftMs: null }), row('slow', { ttftMs: 900 }), row('fast')];
    const by = (direction: 'ascending' | 'descending') =>
      shown(rows, { sort: { column: 'ttft', direction } });
    assert.deepEqual(by('ascending'), ['fast', 'slow', 'none']);
    assert.deepEqual(by('descending'), ['slow', 'fast', 'none']);
  });

  test('sorts names by the numbers in them', () => {
    const rows = [row('clip 10'), row('clip 9')];
    const sort = { column: 'utterance', direction: 'ascending' } as const;
    assert.deepEqual(shown(rows, { sort }), ['clip 9', 'clip 10']);
  });

  test('finds all words in utterance, text or failure, in any case', () => {
    const rows = [row('one'), row('two', { failure: 'Server CLOSED', text: '' })];
    assert.deepEqual(shown(rows, { query: 'closed TWO' }), ['two']);
    assert.deepEqual(shown(rows, { query: 'hello' }), ['one']);
    assert.deepEqual(shown(rows, { query: 'hello closed' }), []);
  });

  test('keeps one status and one endpoint', () => {
    const rows = [row('a'), row('b', { status: 'failed' }), row('c', { endpointId: 'cloud' })];
    assert.deepEqual(shown(rows, { status: 'failed' }), ['b']);
    assert.deepEqual(shown(rows, { endpointId: 'cloud' }), ['c']);
  });
});

describe('nextSort', () => {
  test('goes up, down and back to the order of the run', () => {
    const up = nextSort(null, 'ttft');
    const down = nextSort(up, 'ttft');
    assert.deepEqual(up, { column: 'ttft', direction: 'ascending' });
    assert.deepEqual(down, { column: 'ttft', direction: 'descending' });
    assert.equal(nextSort(down, 'ttft'), null);
    assert.deepEqual(nextSort(down, 'final'), { column: 'final', direction: 'ascending' });
  });
});

describe('pageStateOf', () => {
  test('takes back what was saved and drops what it does not know', () => {
    const saved = { ...first, query: 'x' };
    assert.deepEqual(pageStateOf(saved), saved);
    assert.deepEqual(pageStateOf({ ...saved, version: 2 }), first);
    assert.deepEqual(pageStateOf('nonsense'), first);
  });
});
