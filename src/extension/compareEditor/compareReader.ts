import { parentPort } from 'node:worker_threads';
import { errorText } from '../../common/benchError.ts';
import type { ThreadMessage } from '../requestThread.ts';
import { checkAudio, LaneSounds } from '../timeline/laneSounds.ts';
import type {
  AnyCompareAnswer,
  CompareAnswers,
  CompareNews,
  CompareRequest,
  RunSource,
  RunVerdict,
} from './compareReaderMessages.ts';
import { compareSources } from './compareSources.ts';
import type { KeptComparison } from './keptComparison.ts';
import { parseSource, RunCache } from './runCache.ts';
import { figuresHold } from '../../runfile/readRunFile.ts';
import { FigureChecker } from './figureChecker.ts';
import { runVerdict } from './runVerdict.ts';

// A thread of its own: reading runs and comparing them takes seconds, which the extension host
// must not lose.

type Progress = Extract<CompareNews, { type: 'progress' }>;
type Request<Type extends CompareRequest['type']> = Extract<CompareRequest, { type: Type }>;

/** Progress told more often than this is not seen. */
const tellEveryMs = 50;

/** Utterances whose audio is at hand: those that pages may show. */
const mostHeard = 4;

const runs = new RunCache('stored');
const checker = new FigureChecker();
/** Of verdicts. */
const baselines = new RunCache();
const sounds = new LaneSounds((news) => {
  if (news.type !== 'lane') tell(news);
});
/** Audio keys of the utterances asked for last. */
const heard: string[][] = [];
let kept: KeptComparison | null = null;
/** One after the other. Where it fails, the figures stay those of the files. */
let checking: Promise<unknown> = Promise.resolve();

async function compare({
  sources,
  noise,
  stop,
}: Request<'compare'>): Promise<CompareAnswers['compare']> {
  runs.keep(new Set(sources.map(({ uri }) => uri)));
  const compared = await compareSources(sources, runs, {
    noise,
    shouldStop: () => Atomics.load(stop, 0) !== 0,
    tell: rarely(tell),
  });
  if (compared === null) return null;
  kept = compared.kept;
  checking = checking.then(() => checkFigures(sources)).catch(() => undefined);
  return compared.answer;
}

/** What is shown rests on the figures of the files, until their traces have confirmed them. */
async function checkFigures(sources: readonly RunSource[]): Promise<void> {
  for (const source of sources) {
    if (!runs.trusts(source.uri)) continue;
    if (await checker.holds(source, await runs.read(source))) continue;
    runs.distrust(source.uri);
    tell({ type: 'figuresDiffer' });
  }
  checker.rest();
}

async function check({ source }: Request<'check'>): Promise<boolean> {
  const { report } = await parseSource(source, 'stored');
  return report === null || figuresHold(report);
}

async function utterance(request: Request<'utterance'>): Promise<CompareAnswers['utterance']> {
  const found = kept?.utterance(request) ?? null;
  if (!found) return null;
  heard.unshift(found.audio.map(({ audioKey }) => audioKey));
  heard.splice(mostHeard);
  await sounds.keep(heard.flat());
  return found;
}

function askKept(
  of: KeptComparison,
  request: Request<'utterances' | 'texts' | 'export'>,
): AnyCompareAnswer {
  switch (request.type) {
    case 'utterances':
      return of.utterances(request);
    case 'texts':
      return of.texts(request);
    case 'export':
      return of.export(request);
  }
}

/** Many runs are compared with one baseline: it alone is worth keeping. */
async function verdict({ baseline, candidate, noise }: Request<'verdict'>): Promise<RunVerdict> {
  baselines.keep(new Set([baseline.uri]));
  const other = await new RunCache().read(candidate);
  return runVerdict(await baselines.read(baseline), other, noise);
}

function sound(request: Request<'audio' | 'checkAudio' | 'samples'>): Promise<AnyCompareAnswer> {
  switch (request.type) {
    case 'audio': {
      const { wanted, folder, places, gently } = request;
      return sounds.prepare(wanted, folder, { places, gently });
    }
    case 'checkAudio':
      return checkAudio(request.file, request.sha256);
    case 'samples':
      return sounds.samples(request.audioKey, request.fromSample, request.count);
  }
}

function answer(request: CompareRequest): AnyCompareAnswer | Promise<AnyCompareAnswer> {
  switch (request.type) {
    case 'compare':
      return compare(request);
    case 'utterance':
      return utterance(request);
    case 'utterances':
    case 'texts':
    case 'export':
      return kept && askKept(kept, request);
    case 'audio':
    case 'checkAudio':
    case 'samples':
      return sound(request);
    case 'check':
      return check(request);
    case 'verdict':
      return verdict(request);
  }
}

/** Another label is told at once. */
function rarely(tellProgress: (news: Progress) => void): (news: Progress) => void {
  let toldMs = -Infinity;
  let label = '';
  return (news) => {
    const nowMs = performance.now();
    if (news.label === label && nowMs - toldMs < tellEveryMs) return;
    toldMs = nowMs;
    label = news.label;
    tellProgress(news);
  };
}

function tell(news: CompareNews): void {
  post({ news });
}

function post(message: ThreadMessage<AnyCompareAnswer, CompareNews>): void {
  parentPort?.postMessage(message);
}

async function receive(id: number, request: CompareRequest): Promise<void> {
  try {
    post({ id, result: await answer(request) });
  } catch (error) {
    post({ id, error: errorText(error) });
  }
}

parentPort?.on('message', ({ id, request }: { id: number; request: CompareRequest }) => {
  void receive(id, request);
});
