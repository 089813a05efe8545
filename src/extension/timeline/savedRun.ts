import path from 'node:path';
import { BenchError } from '../../common/benchError.ts';
import { metricRegistry } from '../../metrics/registry/metricRegistry.ts';
import { parseRunFile } from '../../runfile/readRunFile.ts';
import type { Run, RunSession, RunUtterance } from '../../runfile/run.ts';
import type { RunReport } from '../../runfile/runReport.ts';
import { sessionRows } from '../../runview/sessionRows.ts';
import { RunLanes } from '../../timeline/runLanes.ts';
import { buildTranscript } from '../../transcript/buildTranscript.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { laneKey, type Lane, type ReadRun, type SessionChoice } from './timelineReaderMessages.ts';
import { wantedAudio } from './wantedAudio.ts';

/**
 * A run file as the timeline takes it: what sessions it has, with the figures that the file gives,
 * and each as a lane, whose figures are those of its trace.
 */
export class SavedRun {
  readonly #id: string;
  readonly #run: Run;
  /** Those that were asked for, as long as the run is kept. */
  readonly #lanes = new Map<string, Lane>();
  readonly #choices: readonly SessionChoice[];
  readonly #built: RunLanes;

  /** @param id names the run among all others */
  constructor(id: string, report: RunReport) {
    this.#id = id;
    this.#run = report.run;
    const { sessions } = sessionRows(report);
    this.#built = new RunLanes(report.run);
    const utterances = new Map(report.run.utterances.map((utterance) => [utterance.id, utterance]));
    const traced = new Set(report.run.sessions.map((session) => session.id));
    this.#choices = sessions.map((row): SessionChoice => {
      const { headline } = this.#built.profile(row.utteranceId);
      return {
        id: row.id,
        endpointId: row.endpointId,
        utteranceId: row.utteranceId,
        repeat: row.repeat,
        status: row.status,
        failure: row.failure,
        durationMs: row.durationMs,
        ttftMs: row.ttftMs,
        errorRate:
          row.errorRate === null
            ? null
            : { label: metricRegistry[headline].short, value: row.errorRate },
        sha256: utterances.get(row.utteranceId)?.sha256 ?? null,
        hasTrace: traced.has(row.id),
      };
    });
  }

  get outline(): ReadRun {
    return { title: this.#run.info.title, sessions: [...this.#choices], problem: null };
  }

  /** Null where there is no such session, or no trace of it. */
  lane(sessionId: string): Lane | null {
    const session = this.session(sessionId);
    if (!session) return null;
    const known = this.#lanes.get(sessionId);
    if (known) return known;
    const lane = this.#build(session);
    this.#lanes.set(sessionId, lane);
    return lane;
  }

  /** Null where there is no such session, or no trace of it. */
  transcript(sessionId: string): Transcript | null {
    const session = this.session(sessionId);
    const lane = this.lane(sessionId);
    if (!session || !lane) return null;
    const utterance = this.#utteranceOf(session);
    const { trace } = session;
    return buildTranscript(lane.session, {
      trace,
      utterance,
      scoring: this.#built.scoring(utterance.id),
    });
  }

  #build(session: RunSession): Lane {
    const audio = wantedAudio(this.#utteranceOf(session), session.trace);
    const { audioKey } = audio;
    const key = laneKey(this.#id, session.id);
    return { session: this.#built.build(session, { key, audioKey }), audio };
  }

  session(sessionId: string): RunSession | null {
    return this.#run.sessions.find(({ id }) => id === sessionId) ?? null;
  }

  #utteranceOf({ utteranceId }: RunSession): RunUtterance {
    return this.#run.utterances.find(({ id }) => id === utteranceId)!;
  }
}

/** Reads a run file. What is wrong with it is said, not thrown. */
export function readSavedRun(
  id: string,
  { file, bytes }: { file: string; bytes: Uint8Array },
): { run: SavedRun; problem: null } | { run: null; problem: string } {
  try {
    // Computing the figures of all sessions anew would take most of the time until one is shown.
    const report = parseRunFile(new TextDecoder().decode(bytes), file, 'stored');
    return { run: new SavedRun(id, report), problem: null };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const message: string = error.message.replaceAll(file, path.basename(file));
    return { run: null, problem: message };
  }
}
