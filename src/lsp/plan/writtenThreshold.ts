import type { Place } from '../remarks/place.ts';
import { placeWithin, type StringPart } from './stringPart.ts';

/** A threshold as it is written, right or wrong, in parts. */
export interface WrittenThreshold {
  part: StringPart;
  metric: Word | null;
  /** Without its dot. */
  statistic: Word | null;
  comparison: Word | null;
  limit: Word | null;
  unit: Word | null;
}

/** A part of a threshold, and where it is in the text of the plan. */
export interface Word extends Place {
  text: string;
}

const form =
  /^\s*([\w-]+)?(\.)?([\w]*)?\s*([<>=≤≥]+)?\s*([-+]?\d+(?:\.\d*)?)?\s*([^\s\d<>=][^\s]*)?\s*$/du;

/** Takes a threshold of a plan's text apart as far as it has the form of one. */
export function readThreshold(text: string, part: StringPart): WrittenThreshold {
  const indices = form.exec(part.value)?.indices;
  const word = (group: number): Word | null => {
    const [start, end] = indices?.[group] ?? [0, 0];
    if (start === end) return null;
    return { text: part.value.slice(start, end), ...placeWithin(part, { text, start, end }) };
  };
  return {
    part,
    metric: word(1),
    statistic: word(3),
    comparison: word(4),
    limit: word(5),
    unit: word(6),
  };
}
