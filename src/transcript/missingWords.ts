import type { SessionWords } from '../timeline/sessionWords.ts';
import type { MissingWords } from './transcript.ts';

type Compared = Pick<SessionWords, 'shown' | 'reference' | 'comparison'>;

/** Deleted words of the reference where they belong: behind what is shown of the one before. */
export function missingWords({ shown, reference, comparison }: Compared): MissingWords[] {
  const missing: MissingWords[] = [];
  let atChars = 0;
  comparison?.reference.forEach((operation, place) => {
    const text = reference?.[place]?.text;
    if (operation !== 'delete') {
      for (const at of comparison.shownPlaces.get(place) ?? []) {
        atChars = Math.max(atChars, shown[at]!.endChars);
      }
    } else if (text !== undefined) {
      const last = missing.at(-1);
      if (last?.atChars === atChars) last.text += ` ${text}`;
      else missing.push({ atChars, text });
    }
  });
  return missing;
}

/** For each shown word what was said instead; null where that is not known or the same. */
export function saidInstead({ shown, reference, comparison }: Compared): (string | null)[] {
  const said = shown.map((): string[] => []);
  for (const [place, shownPlaces] of comparison?.shownPlaces ?? []) {
    const text = reference?.[place]?.text;
    if (text !== undefined) for (const at of shownPlaces) said[at]!.push(text);
  }
  return said.map((texts, at) =>
    comparison?.shown[at] === 'substitute' && texts.length > 0 ? texts.join(' ') : null,
  );
}
