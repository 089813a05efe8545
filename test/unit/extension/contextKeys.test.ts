import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod';

const root = new URL('../../../', import.meta.url);

const manifestSchema = z.object({
  activationEvents: z.array(z.string()),
  contributes: z.object({
    views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
    customEditors: z.array(z.object({ viewType: z.string() })),
  }),
});

/** The keys of RTBench's own that `when` and `enablement` clauses of package.json ask for. */
function keysAskedFor(): Set<string> {
  const text = readFileSync(new URL('package.json', root), 'utf8');
  const { contributes, activationEvents } = manifestSchema.parse(JSON.parse(text));
  const ids = [
    ...Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)),
    ...contributes.customEditors.map(({ viewType }) => viewType),
    ...activationEvents.flatMap((event) => /^onWebviewPanel:(.*)$/.exec(event)?.[1] ?? []),
  ];
  const clauses = [...text.matchAll(/"(?:when|enablement)": "(.*)"/g)].map(([, clause]) => clause!);
  const names = clauses.flatMap((clause) => clause.match(/(?<!config\.)\brtbench\.\w+/g) ?? []);
  return new Set(names.filter((name) => !ids.includes(name)));
}

function keysSet(): Set<string> {
  const files = globSync('src/extension/**/*.ts', { cwd: root });
  const source = files.map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n');
  return new Set([...source.matchAll(/setContext\('(rtbench\.\w+)'/g)].map(([, key]) => key!));
}

test('every context key that package.json asks for is set, and none in vain', () => {
  assert.deepEqual([...keysAskedFor()].sort(), [...keysSet()].sort());
});
