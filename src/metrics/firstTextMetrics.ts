import type { Micros } from '../trace/sessionTrace.ts';
import { elapsedMs, isMissing, missing, type Measured, type Missing } from './missingValue.ts';
import { commitUs, type SessionTimeline } from './sessionTimeline.ts';

export interface FirstTextMetrics {
  ttft: Measured;
  ttft_speech: Measured;
  ttft_commit: Measured;
  ttft_connect: Measured;
  ttft_sched: Measured;
  ttfe: Measured;
  first_text_in_final: Measured<boolean>;
}

/** When the first text came, counted from each start that somebody counts from. */
export function firstTextMetrics(timeline: SessionTimeline): FirstTextMetrics {
  const { trace, firstTextUs, firstSendUs, spoken, rawSteps } = timeline;
  const ttft = elapsedMs(firstSendUs, firstTextUs);
  return {
    ttft,
    ttft_speech: elapsedMs(isMissing(spoken) ? spoken : spoken.startUs, firstTextUs),
    ttft_commit: elapsedMs(generationStartUs(timeline), firstTextUs),
    ttft_connect: elapsedMs(connectUs(timeline), firstTextUs),
    ttft_sched: isMissing(ttft) ? ttft : elapsedMs(trace.scheduledStartUs, firstTextUs),
    ttfe: elapsedMs(firstSendUs, firstEventUs(timeline)),
    first_text_in_final: rawSteps.at(0)?.byFinal ?? missing('no_text'),
  };
}

function connectUs({ trace: { connection } }: SessionTimeline): Micros | Missing {
  return connection.reused === true ? missing('connection_reused') : connection.startUs;
}

/** The start commit; protocols without one begin with the first commit of any kind. */
function generationStartUs({ trace }: SessionTimeline): Micros | Missing {
  const first = trace.controls.find((control) => control.commit !== null)?.sentUs;
  return commitUs(trace, 'start') ?? first ?? missing('no_commit');
}

function firstEventUs({ replay }: SessionTimeline): Micros | Missing {
  const delta = replay.deltas.at(0)?.atUs;
  const final = replay.finals.at(0)?.atUs;
  if (delta === undefined) return final ?? missing('no_event');
  return final === undefined ? delta : Math.min(delta, final);
}
