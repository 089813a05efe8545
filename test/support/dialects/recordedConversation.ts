import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { DialectSettings } from '../../../src/dialects/dialect.ts';

const fixtures = path.join(import.meta.dirname, '..', '..', 'fixtures', 'dialects');

export type Frame = string | Uint8Array;

/** What the server of a wire log does next, and what it waits for before. */
export type RecordedStep =
  { after: Moment; say: Frame } | { after: Moment; close: { code: number; reason: string } };

/** `nothing`, the client's next `message` with audio, or the `end` of its audio. */
export type Moment = 'nothing' | 'message' | 'end';

/** The server's side of a wire log in test/fixtures/dialects, and the settings it was written for. */
export interface RecordedConversation {
  name: string;
  settings: DialectSettings;
  /** Answers the request that comes before the connection, where the protocol has one. */
  answer: string | null;
  steps: RecordedStep[];
  /** How many messages with audio the client sends. */
  audioMessages: number;
  /** The text shown last; null where none was. */
  text: string | null;
}

const settingsSchema = z.object({
  url: z.string(),
  model: z.string().nullable().default(null),
  language: z.string().nullable().default(null),
  options: z.record(z.string(), z.json()).default({}),
});

/** The conversations recorded of a dialect. */
export function recordedConversations(dialectId: string): RecordedConversation[] {
  const folder = path.join(fixtures, dialectId);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith('.wire'))
    .map((file) => {
      const lines = readFileSync(path.join(folder, file), 'utf8').split('\n');
      return conversationIn(path.basename(file, '.wire'), lines);
    });
}

function conversationIn(name: string, lines: readonly string[]): RecordedConversation {
  const after = (start: string): string | null =>
    lines.findLast((line) => line.startsWith(start))?.slice(start.length) ?? null;
  const shown = after('H ');
  return {
    name,
    settings: settingsSchema.parse(JSON.parse(after('settings ') ?? '{}')),
    answer: after('@answer '),
    steps: stepsIn(lines),
    audioMessages: lines.filter((line) => line.startsWith('@audio ')).length,
    text: shown === null ? null : (JSON.parse(shown) as string),
  };
}

const moments: Partial<Record<string, Moment>> = { '@audio': 'message', '@end': 'end' };

function stepsIn(lines: readonly string[]): RecordedStep[] {
  const steps: RecordedStep[] = [];
  let after: Moment = 'nothing';
  for (const line of lines) {
    const [command = '', ...words] = line.split(' ');
    after = moments[command] ?? after;
    const argument = line.slice(command.length + 1);
    if (command === 'S') steps.push({ after, say: argument });
    else if (command === 'S!') steps.push({ after, say: Buffer.from(argument, 'hex') });
    else if (command === '@closed') {
      const [code, ...reason] = words;
      steps.push({ after, close: { code: Number(code), reason: reason.join(' ') } });
    } else continue;
    after = 'nothing';
  }
  return steps;
}
