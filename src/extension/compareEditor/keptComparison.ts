import { pairKey } from '../../compareview/buildCompareView.ts';
import type { UtteranceRow } from '../../compareview/compareView.ts';
import { comparedUtterance, type UtteranceSide } from '../../compareview/comparedUtterance.ts';
import { utteranceDetail } from '../../compareview/utteranceDetail.ts';
import { utteranceRows } from '../../compareview/utteranceRows.ts';
import type { PlacedPair, PreparedComparison } from '../../comparison/compareRuns.ts';
import type { Comparison } from '../../comparison/comparison.ts';
import { csvReport } from '../../report/csvReport.ts';
import { htmlReport } from '../../report/htmlReport.ts';
import { markdownReport } from '../../report/markdownReport.ts';
import { laneKey, type WantedAudio } from '../timeline/timelineReaderMessages.ts';
import { wantedAudio } from '../timeline/wantedAudio.ts';
import type { CompareAnswers, CompareRequest, SessionPlace } from './compareReaderMessages.ts';

type Asked<Type extends CompareRequest['type']> = Extract<CompareRequest, { type: Type }>;

/** The comparison made last, which questions are about. */
export class KeptComparison {
  readonly #comparison: Comparison;
  readonly #uris: readonly string[];
  readonly #pairs: ReadonlyMap<string, PlacedPair>;

  /** @param uris of the compared runs */
  constructor(comparison: Comparison, prepared: PreparedComparison, uris: readonly string[]) {
    this.#comparison = comparison;
    this.#uris = uris;
    this.#pairs = new Map(
      comparison.pairs.map((pair, at) => [pairKey(uris, pair), prepared.pairs[at]!]),
    );
  }

  utterances({ pair, key }: Asked<'utterances'>): UtteranceRow[] | null {
    const placed = this.#pairs.get(pair);
    return placed ? utteranceRows(placed.pair, key) : null;
  }

  utterance({ pair, id, repeat }: Asked<'utterance'>): CompareAnswers['utterance'] {
    const placed = this.#pairs.get(pair);
    const compared = placed && comparedUtterance(placed.pair, id, repeat);
    if (!compared) return null;
    const uriOf = (side: UtteranceSide) => this.#uris[side === compared.a ? placed.a : placed.b]!;
    const { runs } = this.#comparison;
    const letters: [string, string] = [runs[placed.a]!.letter, runs[placed.b]!.letter];
    const detail = utteranceDetail(placed.pair, compared, {
      letters,
      namesOf: (side) => {
        const audioKey = audioOf(side)?.audioKey;
        if (!side.session || audioKey === undefined) return null;
        return { key: laneKey(uriOf(side), side.session.id), audioKey };
      },
    });
    const sides = [compared.a, compared.b];
    return {
      detail,
      audio: distinct(sides.flatMap((side) => audioOf(side) ?? [])),
      sessions: sides.flatMap((side, at): SessionPlace[] => {
        if (!side.session) return [];
        const { id: sessionId, endpointId: endpoint } = side.session;
        return [{ run: uriOf(side), sessionId, letter: letters[at]!, endpoint }];
      }),
    };
  }

  texts({ pair, id, repeat }: Asked<'texts'>): CompareAnswers['texts'] {
    const placed = this.#pairs.get(pair);
    const compared = placed && comparedUtterance(placed.pair, id, repeat);
    if (!compared) return null;
    const textOf = ({ session }: UtteranceSide) => session?.figures.text ?? '';
    return { reference: compared.reference, a: textOf(compared.a), b: textOf(compared.b) };
  }

  export({ format }: Asked<'export'>): string {
    switch (format) {
      case 'markdown':
        return markdownReport(this.#comparison);
      case 'csv':
        return csvReport(this.#comparison);
      case 'html':
        return htmlReport(this.#comparison);
    }
  }
}

function audioOf({ utterance, trace }: UtteranceSide): WantedAudio | null {
  return trace && wantedAudio(utterance, trace);
}

/** Both runs mostly heard the same. */
function distinct(audio: readonly WantedAudio[]): WantedAudio[] {
  return [...new Map(audio.map((one) => [one.audioKey, one])).values()];
}
