// How long the language server takes to complete and explain in a plan of 1,000 lines: the time from
// asking to the answer, over its standard streams, while the text changes. Figures, no pass or fail.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AnswerTimes } from './figures.ts';
import { positionAt, TestLanguageClient } from '../../support/languageClient.ts';

const rounds = 200;

function longPlan(lines: number): string {
  const endpoints = Array.from({ length: lines - 7 }, (_, index) => {
    return `    { "id": "endpoint ${index}", "url": "ws://localhost:${1000 + index}", "dialect": "vosk" },`;
  });
  return `{
  "name": "Long",
  "endpoints": [
    "embedded",
${endpoints.join('\n')}
  ],
  "thresholds": ["ttft.p95 <= 800 ms", "wer <= 8 %"],
}
`;
}

const folder = await mkdtemp(path.join(tmpdir(), 'rtbench-lsp-'));
const client = new TestLanguageClient();
try {
  await client.initialize(folder);
  const uri = pathToFileURL(path.join(folder, 'long.rtplan.json')).href;
  let text = longPlan(1000);
  await client.open(uri, text);
  await client.diagnostics(uri);
  const times = new AnswerTimes();
  for (let round = 0; round < rounds; round += 1) {
    // A letter is typed, so that nothing is known of the text that is asked about.
    const at = positionAt(text, text.indexOf('Long') + 4);
    text = await client.change(uri, [{ range: { start: at, end: at }, newText: 'g' }]);
    const caret = positionAt(text, text.indexOf('ttft') + 2);
    for (const method of ['completion', 'hover']) {
      await times.take(method, () => client.at(`textDocument/${method}`, uri, caret));
    }
    const range = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
    const all = { textDocument: { uri }, range };
    await times.take('inlayHint', () => client.request('textDocument/inlayHint', all));
  }
  console.log(
    `A plan of ${text.split('\n').length - 1} lines, ${rounds} times, a letter typed before each:`,
  );
  times.print();
  await client.shutdown();
} finally {
  client.kill();
  await rm(folder, { recursive: true, force: true });
}
