import { parentPort } from 'node:worker_threads';
import { errorText } from '../../common/benchError.ts';
import { rawFrame } from '../../timeline/rawFrame.ts';
import type { SessionTrace } from '../../trace/sessionTrace.ts';
import type { ThreadMessage } from '../requestThread.ts';
import { checkAudio, LaneSounds } from './laneSounds.ts';
import { LiveLanes } from './liveLanes.ts';
import { readSavedRun, type SavedRun } from './savedRun.ts';
import {
  laneKey,
  type AnyTimelineAnswer,
  type Lane,
  type ReadRun,
  type TimelineAnswers,
  type TimelineNews,
  type TimelineRequest,
} from './timelineReaderMessages.ts';

// A thread of its own: reading runs and decoding audio takes long, which the extension host must
// not lose.

type Request<Type extends TimelineRequest['type']> = Extract<TimelineRequest, { type: Type }>;

const runs = new Map<string, SavedRun>();
/** Of the lanes shown: by which frames are asked for. */
const traces = new Map<string, SessionTrace>();
const sounds = new LaneSounds(tell);
const live = new LiveLanes((lane) => {
  tell({ type: 'lane', lane });
});

function read({ run, file, bytes }: Request<'read'>): ReadRun {
  const { run: saved, problem } = readSavedRun(run, { file, bytes });
  if (!saved) return { title: null, sessions: null, problem };
  runs.set(run, saved);
  live.forget(run);
  return saved.outline;
}

/** What is saved of a session is more than what was seen of it while it ran. */
function lane({ run, sessionId }: Request<'lane'>): Lane | null {
  const key = laneKey(run, sessionId);
  const saved = runs.get(run);
  const trace = saved?.session(sessionId)?.trace;
  if (trace) traces.set(key, trace);
  return saved?.lane(sessionId) ?? live.lane(key);
}

function frame({ key, message }: Request<'frame'>): TimelineAnswers['frame'] {
  const trace = traces.get(key) ?? live.growing(key)?.trace;
  const received = trace?.received[message];
  return received ? { type: 'frame', key, message, ...rawFrame(received) } : null;
}

function transcript({ run, sessionId }: Request<'transcript'>): TimelineAnswers['transcript'] {
  const saved = runs.get(run);
  const trace = saved?.session(sessionId)?.trace;
  if (trace) traces.set(laneKey(run, sessionId), trace);
  return saved?.transcript(sessionId) ?? null;
}

function follow(request: Request<'live' | 'breakOff'>): null {
  if (request.type === 'breakOff') {
    live.breakOff(request.run, request.because);
    return null;
  }
  // What was saved under its name before is another run.
  if (request.piece.utterance) runs.delete(request.run.run);
  live.add(request.piece, request.run);
  return null;
}

async function keep({ keys, audioKeys }: Request<'keep'>): Promise<null> {
  live.keep(new Set(keys));
  for (const key of traces.keys()) if (!keys.includes(key)) traces.delete(key);
  for (const run of runs.keys()) {
    if (!keys.some((key) => key.startsWith(laneKey(run, '')))) runs.delete(run);
  }
  await sounds.keep(audioKeys);
  return null;
}

function answer(request: TimelineRequest): AnyTimelineAnswer | Promise<AnyTimelineAnswer> {
  switch (request.type) {
    case 'read':
      return read(request);
    case 'lane':
      return lane(request);
    case 'frame':
      return frame(request);
    case 'transcript':
      return transcript(request);
    case 'audio': {
      const { wanted, folder, places, gently } = request;
      return sounds.prepare(wanted, folder, { places, gently });
    }
    case 'checkAudio':
      return checkAudio(request.file, request.sha256);
    case 'samples':
      return sounds.samples(request.audioKey, request.fromSample, request.count);
    case 'spectrogram':
      return sounds.spectrogram(request.audioKey, request);
    case 'live':
    case 'breakOff':
      return follow(request);
    case 'keep':
      return keep(request);
  }
}

function tell(news: TimelineNews): void {
  post({ news });
}

function post(message: ThreadMessage<AnyTimelineAnswer, TimelineNews>): void {
  parentPort?.postMessage(message);
}

async function receive(id: number, request: TimelineRequest): Promise<void> {
  try {
    post({ id, result: await answer(request) });
  } catch (error) {
    post({ id, error: errorText(error) });
  }
}

parentPort?.on('message', ({ id, request }: { id: number; request: TimelineRequest }) => {
  void receive(id, request);
});
