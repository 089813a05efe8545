import { metricRegistry } from '../metrics/registry/metricRegistry.ts';
import { asksForUnknownProfile, unscoredBecause } from '../metrics/text/unknownProfile.ts';
import { errorCounts } from '../runfile/errorCounts.ts';
import { goodputText, saturationText } from '../runfile/loadFigures.ts';
import type { RunReport } from '../runfile/runReport.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import { metricCards } from './metricCards.ts';
import { observedValues } from './observedValues.ts';
import type { EndpointView, TextFigure } from './runView.ts';

/** One view per endpoint that has sessions, in the order of the summary. */
export function endpointViews(report: RunReport): EndpointView[] {
  return report.summary.map((summary) => {
    const { value, low, high } = summary.errorRate;
    return {
      id: summary.endpoint,
      sessions: Object.fromEntries(
        Object.entries(summary.sessions).filter(([id, count]) => id !== 'total' && count > 0),
      ),
      failures: summary.failures.map(({ reason, count }) => ({ reason, count })),
      errorRate: { value, low, high },
      pacingQuality: summary.pacingQuality,
      text: summary.text.map(textFigure),
      noText: unscoredBecause(report.run.plan),
      load: loadNotes(summary),
      cards: metricCards(summary, report.run.plan.load, observedValues(report, summary.endpoint)),
    };
  });
}

/** How the endpoint bore its load, where the run tells. */
function loadNotes(summary: FileSummary): EndpointView['load'] {
  const goodput = goodputText(summary);
  const notes = [
    { id: 'goodput', text: goodput && `goodput ${goodput}`, isWarning: false },
    { id: 'saturation', text: saturationText(summary), isWarning: true },
  ] as const;
  return notes.flatMap(({ id, text, isWarning }) =>
    text === null ? [] : [{ text, description: metricRegistry[id].description, isWarning }],
  );
}

function textFigure(text: FileSummary['text'][number]): TextFigure {
  const { headline, rates, profileId, reason, utterances, hallucinatedWords, words } = text;
  const { substitutions, deletions, insertions } = words;
  const invented = hallucinatedWords > 0 ? `, ${hallucinatedWords} words in silence` : '';
  return {
    label: metricRegistry[headline].short,
    rate: rates[headline] ?? null,
    basis: `${errorCounts(text)}${invented}`,
    wordErrors: headline === 'wer' ? { substitutions, deletions, insertions } : null,
    profileId,
    reason: asksForUnknownProfile({ textProfile: profileId })
      ? 'This version of RTBench does not know the profile: the figure is the one saved with the run.'
      : reason,
    utterances,
  };
}
