// What the text models come to, from the golden conversations: the text shown at every instant, and
// how often shown text was taken back.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { TextModel } from '../../../src/dialects/dialect.ts';
import { dialects } from '../../../src/dialects/registry.ts';
import { displayedTextAt } from '../../../src/metrics/displayedText.ts';
import { countErasures, type ErasureCounts } from '../../../src/metrics/partialStability.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { rawForm } from '../../../src/metrics/wordForms.ts';
import { wordSteps } from '../../../src/metrics/wordSteps.ts';
import { transcriptEventSchema } from '../../../src/runfile/traceSchema.ts';
import type { ReceivedMessage } from '../../../src/trace/sessionTrace.ts';

const fixtures = path.join(import.meta.dirname, '..', '..', 'fixtures', 'dialects');

interface Conversation {
  received: ReceivedMessage[];
  /** Place of a message → the text that the log says was shown then. */
  shown: Map<number, string>;
}

/** A log as a trace has it: one message a millisecond. */
function conversationOf(log: string): Conversation {
  const received: ReceivedMessage[] = [];
  const shown = new Map<number, string>();
  for (const line of log.split('\n')) {
    if (/^(S!? |@closed)/.test(line)) {
      received.push({ atUs: received.length * 1000, bytes: line.length, events: [], raw: null });
    } else if (line.startsWith('= ')) {
      const event: unknown = JSON.parse(line.slice(2).replace(/ \(raw not kept\)$/, ''));
      received.at(-1)?.events.push(transcriptEventSchema.parse(event));
    } else if (line.startsWith('H ')) {
      shown.set(received.length - 1, JSON.parse(line.slice(2)) as string);
    }
  }
  return { received, shown };
}

function conversations(id: string, ending = '.wire'): Conversation[] {
  const folder = path.join(fixtures, id);
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  return files.map((name) => conversationOf(readFileSync(path.join(folder, name), 'utf8')));
}

function erasuresIn({ received }: Conversation): ErasureCounts {
  const { edits } = replayTranscript(received);
  const partial = edits.filter(({ byFinal }) => !byFinal);
  return countErasures(wordSteps(partial, rawForm));
}

const takesBack: Readonly<Record<TextModel, boolean>> = {
  append: false,
  'append-words': false,
  'final-only': false,
  'replace-turn': true,
  'replace-segment': true,
  tokens: true,
  'whole-document': true,
};

describe('text models', () => {
  for (const { id } of dialects) {
    test(`${id}: the text shown is that of the log, message by message`, () => {
      for (const { received, shown } of conversations(id)) {
        const { edits } = replayTranscript(received);
        for (const [place, text] of shown) {
          assert.equal(displayedTextAt(edits, received[place]!.atUs), text);
        }
      }
    });
  }

  const models = [...new Set(dialects.map(({ textModel }) => textModel))];
  for (const model of models) {
    test(`${model}: ${takesBack[model] ? 'what is taken back is counted' : 'nothing is taken back'}`, () => {
      const ids = dialects.flatMap(({ id, textModel }) => (textModel === model ? [id] : []));
      // Text that comes for an earlier item goes in front of what is shown; an ordinary utterance has none.
      const counts = ids.flatMap((id) => conversations(id, 'utterance.wire').map(erasuresIn));
      const events = counts.reduce((sum, { revisionEvents }) => sum + revisionEvents, 0);
      if (takesBack[model]) assert.ok(events > 0, 'no log revises a partial');
      else assert.equal(events, 0);
    });
  }
});
