import type { CommitKind } from '../trace/sessionTrace.ts';
import type { Dialect, TextModel } from './dialect.ts';

/** What a protocol is like, without the protocol itself. */
export interface DialectFacts {
  textModel: TextModel;
  wordTimes: boolean;
  usage: boolean;
  speech: boolean;
  encoding: string;
  sampleRateHz: number;
  /** The commits that a session sends. */
  commits: CommitKind[];
}

/** The facts of a dialect with the settings that its users begin with. */
export function factsOfDialect(dialect: Dialect): DialectFacts {
  const { textModel, features, exampleUrl, defaultModel = 'model' } = dialect;
  const settings = { url: exampleUrl, model: defaultModel, language: null, options: {} };
  const session = dialect.start(settings, { totalSamples: 16_000 }, 'key');
  const frames = [
    ...(session.greet?.() ?? []),
    ...session.open(),
    session.audio(new Uint8Array(3200)),
    ...session.endOfAudio(),
  ];
  const commits = new Set(frames.flatMap(({ commit }) => commit ?? []));
  const { wordTimes, usage, speech } = features;
  const { encoding, sampleRateHz } = dialect.audioFormat(settings);
  return { textModel, wordTimes, usage, speech, encoding, sampleRateHz, commits: [...commits] };
}
