import type { RunUtterance } from '../runfile/run.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import { groupBy } from '../metrics/groupBy.ts';
import type { RunSide } from './runSide.ts';

/** From this share of common utterances on, each is compared with itself. */
const leastShared = 0.8;

/** Fewer speakers than this cannot be resampled: five sign patterns never reach p < 0.05. */
const fewestBlocks = 6;

export type ComparisonDesign = 'paired' | 'unpaired';

/** The sessions of an utterance within one run, by repeat. */
export interface ItemSide {
  utterance: RunUtterance;
  sessions: FileSession[];
}

/** An utterance that both runs hold. */
export interface PairedItem {
  /** The utterance's id in the baseline. */
  id: string;
  a: ItemSide;
  b: ItemSide;
  /** What is resampled as one: the speaker's name, or the item's own id. */
  block: string;
}

/** `audio_differs`: the other run has an utterance of this id with other audio. */
export type UnpairedReason = 'not_in_other' | 'audio_differs';

export interface UnpairedItem {
  id: string;
  reason: UnpairedReason;
}

export interface Pairing {
  design: ComparisonDesign;
  /** In the baseline's order. */
  shared: PairedItem[];
  /** Shared utterances, of those of the run that has more. */
  share: number;
  onlyA: (ItemSide & UnpairedItem)[];
  onlyB: (ItemSide & UnpairedItem)[];
  /** What is resampled. */
  unit: 'utterance' | 'speaker';
  /** How many of these are compared: in an unpaired design, those of the run that has fewer. */
  units: number;
  /** What a reader should know of how the utterances were matched. */
  notes: string[];
}

/**
 * Matches the utterances of two runs by id and content (SHA-256 of the audio file); one that was
 * renamed is found by its content alone. With at least 80 % in common the comparison is paired.
 * Utterances of one speaker are alike, so speakers are resampled where enough are known.
 */
export function pairSessions(a: RunSide, b: RunSide): Pairing {
  const itemsA = itemsOf(a);
  const itemsB = itemsOf(b);
  const matches = matchItems(itemsA, itemsB);
  const larger = Math.max(itemsA.length, itemsB.length);
  const share = larger === 0 ? 0 : matches.size / larger;
  const design = share >= leastShared ? 'paired' : 'unpaired';
  const units = resamplingUnit(design === 'paired' ? [[...matches.keys()]] : [itemsA, itemsB]);
  const shared = Array.from(matches, ([itemA, itemB]): PairedItem => {
    const { id, speaker } = itemA.utterance;
    const block =
      units.unit === 'speaker' && speaker !== null ? `speaker ${speaker}` : `item ${id}`;
    return { id, a: itemA, b: itemB, block };
  });
  const matchedB = new Set(matches.values());
  return {
    design,
    shared,
    share,
    onlyA: unpaired(
      itemsA.filter((item) => !matches.has(item)),
      b,
    ),
    onlyB: unpaired(
      itemsB.filter((item) => !matchedB.has(item)),
      a,
    ),
    ...units,
    notes: [...units.notes, ...matchNotes(shared)],
  };
}

function itemsOf({ utterances, sessions }: RunSide): ItemSide[] {
  const byUtterance = groupBy(sessions, ({ utteranceId }) => utteranceId);
  return Array.from(byUtterance, ([id, own]) => ({
    utterance: utterances.get(id)!,
    sessions: own.toSorted((one, other) => one.repeat - other.repeat),
  }));
}

function matchItems(
  itemsA: readonly ItemSide[],
  itemsB: readonly ItemSide[],
): Map<ItemSide, ItemSide> {
  const byId = new Map(itemsB.map((item) => [item.utterance.id, item]));
  const matches = new Map<ItemSide, ItemSide>();
  const takenB = new Set<ItemSide>();
  const match = (itemA: ItemSide, itemB: ItemSide | undefined) => {
    if (!itemB || takenB.has(itemB)) return;
    matches.set(itemA, itemB);
    takenB.add(itemB);
  };
  for (const item of itemsA) {
    const same = byId.get(item.utterance.id);
    if (same && sameContent(item.utterance, same.utterance)) match(item, same);
  }
  const leftA = uniqueByContent(itemsA.filter((item) => !matches.has(item)));
  const leftB = uniqueByContent(itemsB.filter((item) => !takenB.has(item)));
  for (const [sha256, item] of leftA) match(item, leftB.get(sha256));
  const order = new Map(itemsA.map((item, index) => [item, index]));
  return new Map([...matches].toSorted(([one], [other]) => order.get(one)! - order.get(other)!));
}

/** Where a hash is not known, the id has to do. */
function sameContent(a: RunUtterance, b: RunUtterance): boolean {
  return a.sha256 === null || b.sha256 === null || a.sha256 === b.sha256;
}

/** Only content that no other utterance has tells which one was renamed. */
function uniqueByContent(items: readonly ItemSide[]): Map<string, ItemSide> {
  const groups = groupBy(items, ({ utterance }) => utterance.sha256);
  const unique = new Map<string, ItemSide>();
  for (const [sha256, [only, ...others]] of groups) {
    if (sha256 !== null && only && others.length === 0) unique.set(sha256, only);
  }
  return unique;
}

function unpaired(items: readonly ItemSide[], other: RunSide): (ItemSide & UnpairedItem)[] {
  return items.map((item) => {
    const { id } = item.utterance;
    return { ...item, id, reason: other.utterances.has(id) ? 'audio_differs' : 'not_in_other' };
  });
}

/** @param samples the utterances of each sample that is resampled by itself */
function resamplingUnit(
  samples: readonly (readonly ItemSide[])[],
): Pick<Pairing, 'unit' | 'units' | 'notes'> {
  const fewestItems = Math.min(...samples.map(({ length }) => length));
  const byItem = { unit: 'utterance', units: fewestItems } as const;
  const counts = samples.map(blockCount);
  if (counts.every((count, at) => count === samples[at]!.length)) return { ...byItem, notes: [] };
  const units = Math.min(...counts);
  if (units < fewestBlocks) {
    const who = units === 1 ? 'one speaker' : `${units} speakers`;
    return {
      ...byItem,
      notes: [
        `The utterances are of ${who}, too few to resample: intervals hold for these speakers.`,
      ],
    };
  }
  return { unit: 'speaker', units, notes: [] };
}

/** Speakers, and utterances of which none is known. */
function blockCount(items: readonly ItemSide[]): number {
  const speakers = new Set(items.flatMap(({ utterance }) => utterance.speaker ?? []));
  return speakers.size + items.filter(({ utterance }) => utterance.speaker === null).length;
}

function matchNotes(shared: readonly PairedItem[]): string[] {
  const renamed = shared.filter(({ a, b }) => a.utterance.id !== b.utterance.id).length;
  const unhashed = shared.filter(
    ({ a, b }) => a.utterance.sha256 === null || b.utterance.sha256 === null,
  ).length;
  return [
    ...(renamed > 0 ? [`${renamed} utterances have other names and the same audio.`] : []),
    ...(unhashed > 0
      ? [`${unhashed} utterances were matched by name alone: a run does not know their audio.`]
      : []),
  ];
}
