import { readFile, stat } from 'node:fs/promises';
import { BenchError, errorText } from '../common/benchError.ts';
import { readRunFile } from './readRunFile.ts';
import { runFileEnding } from './runFileEnding.ts';

const mostBytes = 64 * 1024 * 1024;

/**
 * When sessions once started, in milliseconds from the first of them, in ascending order.
 *
 * @param file lines of seconds or ISO 8601 times, of which what follows a comma or a space is left
 * alone; or a saved run
 * @throws BenchError that names the file, the line and what is wrong there
 */
export async function recordedStartsMs(file: string): Promise<number[]> {
  const startsMs = file.endsWith(runFileEnding)
    ? await startsOfRun(file)
    : await startsInText(file);
  if (startsMs.length < 2) {
    throw startsInvalid(`${file} has less than two starts: there is no load in it to repeat.`);
  }
  startsMs.sort((a, b) => a - b);
  const [firstMs] = startsMs as [number];
  return startsMs.map((ms) => ms - firstMs);
}

async function startsOfRun(file: string): Promise<number[]> {
  const { run } = await readRunFile(file);
  return run.sessions.map(({ trace }) => trace.connection.startUs / 1000);
}

async function startsInText(file: string): Promise<number[]> {
  const lines = (await textOf(file)).split(/\r?\n/);
  return lines.flatMap((line, at) => {
    const [written = ''] = line.trim().split(/[\s,;]/);
    if (written === '' || written.startsWith('#')) return [];
    const ms = startMs(written);
    if (ms !== null) return [ms];
    throw startsInvalid(
      `${file}:${at + 1}: "${written.slice(0, 40)}" is no start: write seconds or an ISO 8601 ` +
        'time, such as 12.5 or 2026-01-31T09:30:00Z, one per line.',
    );
  });
}

function startMs(written: string): number | null {
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written) * 1000;
  const ms = /^\d{4}-\d\d-\d\dT/.test(written) ? Date.parse(written) : NaN;
  return Number.isNaN(ms) ? null : ms;
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= mostBytes) return await readFile(file, 'utf8');
  } catch (cause) {
    const text = `The recorded starts in ${file} cannot be read: ${errorText(cause)}`;
    throw new BenchError('starts_invalid', text, { cause });
  }
  throw startsInvalid(`${file} is larger than 64 MiB: take a part of the recording.`);
}

function startsInvalid(text: string): BenchError {
  return new BenchError('starts_invalid', text);
}
