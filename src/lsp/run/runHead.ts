import { errorText } from '../../common/benchError.ts';
import { metricsSpecId } from '../../metrics/registry/metricRegistry.ts';
import type { TextProfile } from '../../metrics/text/textProfile.ts';
import { chooseProfiles } from '../../runfile/chooseProfiles.ts';
import { textProfilesOf } from '../../runfile/evaluateRun.ts';
import { parseRunFile } from '../../runfile/readRunFile.ts';
import type { Run, RunUtterance } from '../../runfile/run.ts';
import { metricsIn } from '../../runfile/sameFigures.ts';
import type { FileSummary } from '../../runfile/summarySchema.ts';
import { RunLanes } from '../../timeline/runLanes.ts';
import type { Place } from '../remarks/place.ts';

/** All of a run but its sessions: what their figures need. */
export interface RunHead {
  plan: Run['plan'];
  endpoints: ReadonlySet<string>;
  utterances: ReadonlyMap<string, RunUtterance>;
  summary: readonly FileSummary[];
  /** The metrics that the file has, with values or without. */
  metricIds: ReadonlySet<string>;
  /** Whether the stored figures follow the definitions of this version. */
  isOfThisSpec: boolean;
  lanes: RunLanes;
  /** Null where this version does not have it. */
  profileOf(utterance: RunUtterance): TextProfile | null;
}

/** @param list where the sessions are: between the brackets */
export function headText(text: string, list: Place): string {
  return text.slice(0, list.offset) + text.slice(list.offset + list.length);
}

/**
 * Reads a run without its sessions.
 *
 * @param name of the file, for what is said of it
 */
export function readRunHead(
  text: string,
  name: string,
): { head: RunHead; problem: null } | { head: null; problem: string } {
  try {
    const { run, summary, metricsSpec } = parseRunFile(text, name, 'stored');
    const profiles = textProfilesOf(chooseProfiles(run));
    const head: RunHead = {
      plan: run.plan,
      endpoints: new Set(run.endpoints.map(({ id }) => id)),
      utterances: new Map(run.utterances.map((utterance) => [utterance.id, utterance])),
      summary,
      metricIds: metricsIn(summary),
      isOfThisSpec: metricsSpec === metricsSpecId,
      lanes: new RunLanes(run),
      profileOf: ({ language }) => profiles.get(language) ?? null,
    };
    return { head, problem: null };
  } catch (error) {
    return { head: null, problem: errorText(error) };
  }
}
