import { parentPort } from 'node:worker_threads';
import { AudioError } from '../../audio/audioError.ts';
import { defaultAudioLimits } from '../../audio/audioLimits.ts';
import { readAudioBytes } from '../../audio/readAudioBytes.ts';
import { errorText } from '../../common/benchError.ts';
import { rawFrame } from '../../timeline/rawFrame.ts';
import type { SessionTrace } from '../../trace/sessionTrace.ts';
import type { ThreadMessage } from '../requestThread.ts';
import { AudioCache } from './audioCache.ts';
import { LaneAudio } from './laneAudio.ts';
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
const sounds = new Map<string, LaneAudio>();
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

async function audio({ wanted, places, gently, folder }: Request<'audio'>): Promise<null> {
  const cache = new AudioCache(folder);
  const sound = sounds.get(wanted.audioKey) ?? new LaneAudio(wanted, cache, tell);
  sounds.set(wanted.audioKey, sound);
  await sound.prepare({ places, gently });
  await cache.trim(new Set([...sounds.values()].flatMap(({ cacheName }) => cacheName ?? [])));
  return null;
}

async function checkAudio({ file, sha256 }: Request<'checkAudio'>): Promise<string | null> {
  try {
    const found = await readAudioBytes(file, defaultAudioLimits.maxFileBytes);
    if (sha256 === null || found.sha256 === sha256) return null;
    return `${file} is not the audio that was measured: its content is another. Choose the original.`;
  } catch (error) {
    if (error instanceof AudioError) return error.message;
    throw error;
  }
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
  for (const [key, sound] of sounds) {
    if (audioKeys.includes(key)) continue;
    sounds.delete(key);
    await sound.dispose();
  }
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
    case 'audio':
      return audio(request);
    case 'checkAudio':
      return checkAudio(request);
    case 'samples':
      return sounds.get(request.audioKey)?.samples(request.fromSample, request.count) ?? null;
    case 'spectrogram': {
      const { audioKey, fromMs, toMs, columns } = request;
      return sounds.get(audioKey)?.spectrogram(fromMs, toMs, columns) ?? null;
    }
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
