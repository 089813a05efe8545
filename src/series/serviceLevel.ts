import { parseThreshold, thresholdName, type Threshold } from '../plan/threshold.ts';
import { thresholdFigure } from '../report/thresholdFigure.ts';
import { checkThresholds, type ThresholdResult } from '../runfile/checkThresholds.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';

/** What is asked of an endpoint where a plan has no thresholds. Metrics specification 7.2. */
const usual = [
  'ttft_speech.p95 <= 1000 ms',
  'wel.p95 <= 1500 ms',
  'ttfs.p95 <= 800 ms',
  'lag_slope.p95 <= 5',
].map(parseThreshold);

/** Asked in any case: an endpoint that turns sessions away does not hold them. */
const always = ['error_rate <= 1 %', 'partial_rate <= 1 %'].map(parseThreshold);

/** What an endpoint has to reach to hold a load, besides keeping up with the audio. */
export function serviceLevel(thresholds: readonly Threshold[]): Threshold[] {
  const own = thresholds.length > 0 ? thresholds : usual;
  const named = new Set(own.map(({ metric }) => metric));
  return [...own, ...always.filter(({ metric }) => !named.has(metric))];
}

/**
 * What an endpoint missed in a run, in words. A figure that is missing is missed where the plan
 * asks for it; of what is asked without that, only figures that there are count.
 */
export function missedBy(summary: FileSummary, thresholds: readonly Threshold[]): string[] {
  const isAsked = thresholds.length > 0;
  const results = checkThresholds(serviceLevel(thresholds), [summary]);
  const missed = results.filter(({ met, value }) => !met && (isAsked || value !== null));
  return [...completionMissed(summary), ...missed.map(missedText), ...fallingBehind(summary)];
}

function completionMissed({ sessions, pacingQuality }: FileSummary): string[] {
  const completed = (sessions.success ?? 0) + (sessions.empty ?? 0);
  if (completed === 0) return ['no session completed'];
  return pacingQuality === 'invalid' ? ['this computer could not send the audio in time'] : [];
}

function missedText(result: ThresholdResult): string {
  const { threshold, value } = result;
  const limit = `${threshold.comparison} ${thresholdFigure(result, threshold.limit)}`;
  return `${thresholdName(threshold)} was ${thresholdFigure(result, value)}, not ${limit}`;
}

/** `keeps_up` of metrics 3.8, of the sessions that are long enough to have it. */
function fallingBehind({ flags }: FileSummary): string[] {
  const { yes = 0, no = 0 } = flags.keeps_up ?? {};
  return no === 0 ? [] : [`${no} of ${yes + no} sessions fell behind the audio`];
}
