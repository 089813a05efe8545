import { reusesConnections, sessionsAtOnce } from '../plan/loadLimits.ts';
import { sessionLimits } from '../metrics/sessionLimit.ts';
import { loadText } from '../plan/loadText.ts';
import { formatThreshold } from '../plan/threshold.ts';
import type { TimedWord } from '../trace/transcriptEvent.ts';
import { hardForAll, sameValue, softForAll, type Condition } from './condition.ts';
import type { PairedItem, Pairing } from './pairSessions.ts';
import type { RunSide } from './runSide.ts';

/** What was measured and how: mostly what makes figures incomparable. */
export function measuringConditions(a: RunSide, b: RunSide, pairing: Pairing): Condition[] {
  const both = <Value>(of: (side: RunSide) => Value): [Value, Value] => [of(a), of(b)];
  const burst = a.run.plan.pacing.mode === 'burst' && b.run.plan.pacing.mode === 'burst';
  return [
    sameValue('metrics_spec', 'Metric definitions', hardForAll, both(specOf)),
    utterances(a, b, pairing),
    sameValue('pacing_mode', 'Pacing', hardForAll, both(modeOf)),
    ...(burst ? [] : [sameValue('pacing_speed', 'Pacing speed', hardForAll, both(speedOf))]),
    sameValue('chunk_length', 'Chunk length', hardForAll, both(chunkOf)),
    sampleRates(both(sampleRateOf)),
    textProfiles(a, b, pairing),
    ...timings(pairing.shared),
    references(pairing.shared),
    sameValue('arrival', 'Load', { severity: 'hard', scope: 'load' }, both(loadOf)),
    sameValue(
      'limits',
      'Thresholds on sessions',
      { severity: 'hard', scope: 'goodput' },
      both(limitsOf),
    ),
    sameValue('sessions_at_once', 'Sessions at once', softForAll, both(concurrencyOf)),
    sameValue('connections', 'Connections reused', softForAll, both(reuseOf)),
    sameValue('warm_up', 'Warm-up sessions', softForAll, both(warmUpOf)),
    sameValue('repeats', 'Repeats', softForAll, both(repeatsOf)),
  ];
}

const specOf = ({ report }: RunSide) => report.metricsSpec;
const modeOf = ({ run }: RunSide) => run.plan.pacing.mode;
const speedOf = ({ run }: RunSide) => `${run.plan.pacing.speed}× real time`;
const chunkOf = ({ run }: RunSide) => `${run.plan.pacing.chunkMs} ms`;
const loadOf = ({ run: { plan } }: RunSide) => `${plan.load.kind}, ${loadText(plan.load)}`;
const limitsOf = ({ run }: RunSide) =>
  sessionLimits(run.plan.thresholds).map(formatThreshold).toSorted().join(', ') || 'none';
const concurrencyOf = ({ run }: RunSide) => String(sessionsAtOnce(run.plan.load) ?? 'as they come');
const warmUpOf = ({ run }: RunSide) => String(run.plan.warmUp ?? 0);
const reuseOf = ({ run }: RunSide) => (reusesConnections(run.plan.load) ? 'yes' : 'no');
const repeatsOf = ({ run }: RunSide) => String(run.plan.repeats);

/** Only traces tell the rate: a run whose traces were left out says nothing against the other. */
function sampleRates([a, b]: [string | null, string | null]): Condition {
  const inWords: [string, string] = [a ?? 'not known', b ?? 'not known'];
  const condition = sameValue('sample_rate', 'Sample rate sent', hardForAll, inWords);
  return { ...condition, differs: a !== null && b !== null && a !== b };
}

function sampleRateOf({ traces }: RunSide): string | null {
  const rates = new Set(Array.from(traces.values(), ({ audio }) => audio.sampleRateHz));
  if (rates.size === 0) return null;
  const ascending = [...rates].toSorted((one, other) => one - other);
  return ascending.map((rate) => `${rate} Hz`).join(', ');
}

function utterances(a: RunSide, b: RunSide, { shared, design, onlyA, onlyB }: Pairing): Condition {
  const text = (side: RunSide, only: number) =>
    `${side.utterances.size}${only > 0 ? `, ${only} of them not in the other run` : ''}`;
  return {
    id: 'utterances',
    what: shared.length === 0 ? 'Utterances (none is in both runs)' : 'Utterances',
    severity: shared.length === 0 ? 'hard' : 'soft',
    scope: 'all',
    a: text(a, onlyA.length),
    b: text(b, onlyB.length),
    differs: shared.length === 0 || design === 'unpaired' || onlyA.length + onlyB.length > 0,
  };
}

function textProfiles(a: RunSide, b: RunSide, { shared }: Pairing): Condition {
  const profileOf = (side: RunSide, language: string | null) => {
    const { profileId, headline } = side.profiles.get(language)!;
    return `${profileId} (${headline})`;
  };
  const pairs = shared.map((item): [string, string] => [
    profileOf(a, item.a.utterance.language),
    profileOf(b, item.b.utterance.language),
  ]);
  const list = (of: string[]) => [...new Set(of)].toSorted().join(', ') || 'none';
  return {
    id: 'text_profile',
    what: 'Text profile',
    severity: 'hard',
    scope: 'text',
    a: list(pairs.map(([profile]) => profile)),
    b: list(pairs.map(([, profile]) => profile)),
    differs: pairs.some(([profileA, profileB]) => profileA !== profileB),
  };
}

/** Word times and speech ends come from the dataset: both runs must have used the same. */
function timings(shared: readonly PairedItem[]): Condition[] {
  const differing = (isSame: (a: readonly TimedWord[], b: readonly TimedWord[]) => boolean) =>
    shared.filter((item) => {
      const [a, b] = [item.a.utterance.words, item.b.utterance.words];
      return a === null || b === null ? a !== b : !isSame(a, b);
    }).length;
  const speech = differing(sameSpeech);
  const words = differing(sameWords);
  const counts: [string, string] = [
    timedText(shared.map(({ a }) => a.utterance.words)),
    timedText(shared.map(({ b }) => b.utterance.words)),
  ];
  return [
    timing('speech_end', 'Start and end of speech', 'speech_times', speech, counts),
    timing('word_times', 'Word times', 'word_times', words, counts),
  ];
}

function timing(
  id: string,
  what: string,
  scope: Condition['scope'],
  count: number,
  [a, b]: [string, string],
): Condition {
  return {
    id,
    what: count === 0 ? what : `${what} (other in ${count} utterances)`,
    severity: 'hard',
    scope,
    a,
    b,
    differs: count > 0,
  };
}

function timedText(words: readonly (TimedWord[] | null)[]): string {
  const timed = words.filter((own) => own !== null).length;
  return timed === 0 ? 'not known' : `known of ${timed} utterances`;
}

function sameSpeech(a: readonly TimedWord[], b: readonly TimedWord[]): boolean {
  const startOf = (words: readonly TimedWord[]) =>
    words.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
  const endOf = (words: readonly TimedWord[]) =>
    words.reduce((most, { endMs }) => Math.max(most, endMs), -Infinity);
  return startOf(a) === startOf(b) && endOf(a) === endOf(b);
}

function sameWords(a: readonly TimedWord[], b: readonly TimedWord[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ text, endMs }, at) => text === b[at]!.text && endMs === b[at]!.endMs)
  );
}

function references(shared: readonly PairedItem[]): Condition {
  const other = shared.filter(({ a, b }) => a.utterance.reference !== b.utterance.reference).length;
  const count = (of: 'a' | 'b') =>
    `${shared.filter((item) => item[of].utterance.reference !== null).length} utterances`;
  const left = other === 0 ? '' : ` (other in ${other} utterances, which are left out)`;
  return {
    id: 'references',
    what: `Reference texts${left}`,
    severity: 'soft',
    scope: 'text',
    a: count('a'),
    b: count('b'),
    differs: other > 0,
  };
}
