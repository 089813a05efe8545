import type { Finding } from '../../remarks/finding.ts';
import type { PlanDocument } from '../planDocument.ts';
import type { PlanFacts } from '../planFacts.ts';
import { textProfileList } from '../../../metrics/text/textProfileList.ts';
import { stringPart } from '../stringPart.ts';
import { valueOf } from '../planDocument.ts';
import { datasetFindings } from './datasetFindings.ts';
import { endpointFindings } from './endpointFindings.ts';
import { missingValueFindings } from './missingValueFindings.ts';
import { recordingFindings } from './recordingFindings.ts';
import { sampleSizeFindings } from './sampleSizeFindings.ts';
import { secretFindings } from './secretFindings.ts';
import { thresholdFindings } from './thresholdFindings.ts';

export interface FindingOptions {
  /** Whether somebody else checks the text against the schema. */
  schemaIsChecked: boolean;
}

/** Everything that a plan's writer should know. */
export function planFindings(
  document: PlanDocument,
  facts: PlanFacts,
  { schemaIsChecked }: FindingOptions,
): Finding[] {
  return [
    ...(schemaIsChecked ? [] : schemaFindings(document)),
    ...endpointFindings(document, facts),
    ...secretFindings(document),
    ...datasetFindings(document, facts),
    ...recordingFindings(document, facts),
    ...thresholdFindings(document),
    ...missingValueFindings(document, facts),
    ...sampleSizeFindings(document, facts),
    ...textProfileFindings(document),
  ];
}

function schemaFindings({ problems }: PlanDocument): Finding[] {
  return problems.map(({ offset, length, message }) => {
    return { offset, length, severity: 'error', code: 'plan', message, fixes: [] };
  });
}

function textProfileFindings(document: PlanDocument): Finding[] {
  const part = stringPart(document.text, valueOf(document, 'textProfile'));
  const ids: string[] = ['auto', ...textProfileList.map(({ id }) => id)];
  if (!part || ids.includes(part.value)) return [];
  const { offset, length } = part;
  const message = `There is no text profile "${part.value}": write one of ${ids.join(', ')}.`;
  const fixes = ids.map((id) => ({
    title: `Change to "${id}"`,
    edits: [{ offset, length, newText: id }],
  }));
  return [{ offset, length, severity: 'error', code: 'text-profile', message, fixes }];
}
