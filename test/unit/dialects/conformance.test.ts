// What every dialect owes, whatever its protocol. A new dialect is tested here by being registered
// and by having a wire log in test/fixtures/dialects/<id>/. RTBENCH_DIALECT=<id> runs one only;
// RTBENCH_WRITE_LOGS=1 writes what dialects make of the logs: read the difference before you keep it.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Dialect, DialectSession } from '../../../src/dialects/dialect.ts';
import { DialectError } from '../../../src/dialects/dialectError.ts';
import { dialects } from '../../../src/dialects/registry.ts';
import { transcriptEventSchema } from '../../../src/runfile/traceSchema.ts';
import { replayWireLog } from '../../support/dialects/wireLog.ts';

const fixtures = path.join(import.meta.dirname, '..', '..', 'fixtures', 'dialects');
const only = process.env.RTBENCH_DIALECT;

interface Log {
  file: string;
  text: string;
}

function logsOf({ id }: Dialect): Log[] {
  const folder = path.join(fixtures, id);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.wire'));
  return files.map((name) => {
    const file = path.join(folder, name);
    return { file, text: readFileSync(file, 'utf8') };
  });
}

/** Strings and keys that the protocol uses, so that arbitrary messages get past the first checks. */
function vocabulary(logs: readonly Log[]): { messages: unknown[]; words: string[] } {
  const lines = logs
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line.startsWith('S {'));
  const messages = lines.flatMap((line): unknown[] => {
    try {
      return [JSON.parse(line.slice(2))];
    } catch {
      return [];
    }
  });
  const words = [...new Set(lines.flatMap((line) => line.match(/[\w.]+/g) ?? []))];
  return { messages, words: words.length > 0 ? words : ['type'] };
}

type Step =
  { receive: string | Uint8Array } | { closed: number } | 'audio' | 'end' | 'quiet' | 'close';

function steps(logs: readonly Log[]): fc.Arbitrary<Step[]> {
  const { messages, words } = vocabulary(logs);
  const word = fc.constantFrom(...words);
  const key = fc.oneof(word, fc.string());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(word, fc.string(), fc.double(), fc.boolean(), fc.constant(null)),
      fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  const known = messages.length === 0 ? value : fc.constantFrom(...messages);
  /** A message of the protocol of which one field is something else. */
  const spoiled = fc
    .tuple(known, key, value)
    .map(([message, name, other]) =>
      typeof message === 'object' && message !== null ? { ...message, [name]: other } : message,
    );
  const frame = fc.oneof(
    known.map((message) => JSON.stringify(message)),
    spoiled.map((message) => JSON.stringify(message)),
    value.map((message) => JSON.stringify(message)),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
  );
  const receive = frame.map((data): Step => ({ receive: data }));
  const closed = fc.constantFrom(1000, 1001, 1005, 1006, 1008, 1009, 1011, 3005, 4001, 4400);
  const act = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Step[]>('audio', 'end', 'quiet', 'close') },
    { weight: 1, arbitrary: closed.map((code): Step => ({ closed: code })) },
  );
  return fc.array(fc.oneof({ weight: 5, arbitrary: receive }, { weight: 1, arbitrary: act }), {
    maxLength: 30,
  });
}

function perform(session: DialectSession, step: Step): void {
  if (step === 'audio') session.audio(new Uint8Array(320));
  else if (step === 'end') session.endOfAudio();
  else if (step === 'close') session.close?.();
  else if (step === 'quiet') checkEvents(session.quiet?.() ?? []);
  else if ('closed' in step) {
    checkEvents(session.closed?.({ code: step.closed, reason: 'x' }) ?? []);
  } else {
    try {
      checkEvents(session.receive(step.receive).events);
    } catch (error) {
      assert.ok(
        error instanceof DialectError,
        error instanceof Error ? error.stack : String(error),
      );
    }
  }
}

function checkEvents(events: readonly unknown[]): void {
  for (const event of events) transcriptEventSchema.parse(event);
}

for (const dialect of dialects.filter(({ id }) => only === undefined || id === only)) {
  describe(`conformance of ${dialect.id}`, () => {
    const logs = logsOf(dialect);

    test('has a wire log', () => {
      assert.ok(logs.length > 0, `test/fixtures/dialects/${dialect.id} holds no *.wire file`);
    });

    for (const { file, text } of logs) {
      test(`speaks as in ${path.basename(file)}`, () => {
        const { text: now } = replayWireLog(dialect, text);
        if (process.env.RTBENCH_WRITE_LOGS) writeFileSync(file, now);
        else assert.equal(now, text);
      });
    }

    test('ends in events or in a DialectError, whatever comes in whatever order', () => {
      const model = dialect.defaultModel ?? 'm';
      const settings = { url: dialect.exampleUrl, model, language: null, options: {} };
      fc.assert(
        fc.property(steps(logs), (all) => {
          const session = dialect.start(settings, { totalSamples: 16_000 });
          session.greet?.();
          session.open();
          for (const step of all) perform(session, step);
        }),
        { numRuns: 300 },
      );
    });

    test('refuses options that it does not know, and addresses that are none', () => {
      const settings = { url: dialect.exampleUrl, model: 'm', language: null, options: {} };
      const wrong = { ...settings, options: { 'no such option': true } };
      const reason = { reason: 'request_invalid' };
      assert.throws(() => dialect.start(wrong, { totalSamples: 0 }), reason);
      assert.throws(() => dialect.request({ ...settings, url: 'morse:' }, null), reason);
    });
  });
}
