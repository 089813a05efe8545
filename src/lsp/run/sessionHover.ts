import { findNodeAtOffset, getNodePath, type JSONPath } from 'jsonc-parser';
import { formatPercent } from '../../common/formatPercent.ts';
import { formatMetric } from '../../metrics/registry/formatMetric.ts';
import type { MetricDefinition } from '../../metrics/registry/metricDefinition.ts';
import { metricOf } from '../../metrics/registry/metricRegistry.ts';
import type { FileSession } from '../../runfile/runSchema.ts';
import { missingReasonText } from '../../runview/missingReasonText.ts';
import type { DeltaTableRow } from '../../timeline/deltaTable.ts';
import { clockTime, duration } from '../../timeline/formatTime.ts';
import { rawFrame } from '../../timeline/rawFrame.ts';
import type { Hover } from '../remarks/hover.ts';
import { metricLines } from '../remarks/metricLines.ts';
import { codeBlock, quoted } from '../remarks/safeMarkdown.ts';
import type { SessionFacts, SessionTimings } from './sessionFacts.ts';

/**
 * What is told of a place in a session.
 *
 * @param offset within the session
 */
export function sessionHover(facts: SessionFacts, offset: number): Hover | null {
  const node = findNodeAtOffset(facts.tree, offset, true);
  if (!node) return null;
  const path = getNodePath(node);
  const lines = hoverLines(facts, path);
  if (lines.length === 0) return null;
  return { offset: node.offset, length: node.length, markdown: lines.join('\n\n') };
}

/**
 * The place among the received messages of the one that is at a place; null where there is none.
 *
 * @param offset within the session
 */
export function messageUnder(facts: SessionFacts, offset: number): number | null {
  const node = findNodeAtOffset(facts.tree, offset, true);
  return node ? messageAt(facts, getNodePath(node)) : null;
}

function messageAt({ file }: SessionFacts, path: JSONPath): number | null {
  const [, , column, index] = path;
  if (path[0] !== 'trace' || path[1] !== 'received' || typeof index !== 'number') return null;
  if (column !== 'messages') return index;
  return file.trace?.received.messages[index]?.[0] ?? null;
}

function hoverLines(facts: SessionFacts, path: JSONPath): string[] {
  const message = messageAt(facts, path);
  if (message !== null) return facts.timings ? messageLines(facts.timings, message) : [];
  const [part, kind, id] = path;
  if (path.length === 1 && part === 'id') return sessionLines(facts);
  if (part === 'trace' && kind === 'controls') return controlLines(facts, id);
  if (part !== 'figures') return [];
  if (kind === 'missing') return missingLines(facts.file, path);
  return kind === 'metrics' ? metricHoverLines(facts.file, String(id ?? '')) : [];
}

function sessionLines({ file, timings }: SessionFacts): string[] {
  const { id, utteranceId, endpointId, figures } = file;
  const shown = (timings?.timeline.figures ?? []).map(
    ({ label, value, description }) => `- **${label} ${value}** — ${description}`,
  );
  const failure = timings?.timeline.failure ?? null;
  return [
    `Session ${quoted(id, 60)}: ${quoted(utteranceId, 60)} with ${quoted(endpointId, 60)}, ${figures.status}`,
    ...(failure === null ? [] : [quoted(failure)]),
    ...(timings?.timeline.clockNote == null ? [] : [timings.timeline.clockNote]),
    shown.join('\n'),
  ].filter((line) => line !== '');
}

function messageLines({ trace, axis, timeline, deltas }: SessionTimings, at: number): string[] {
  const message = trace.received[at];
  if (!message) return [];
  const delta = deltas.get(at);
  const what = delta
    ? `${delta.kind === 'final' ? 'Final' : 'Delta'} ${delta.index + 1} of ${timeline.deltas.texts.length}`
    : `Message ${at + 1} of ${trace.received.length}`;
  const { raw, isRebuilt } = rawFrame(message);
  return [
    `**${what}** at **${clockTime(axis.toMs(message.atUs))}** of the audio, ${message.bytes} bytes`,
    ...(delta ? [deltaFacts(delta)] : []),
    `${isRebuilt ? 'Rebuilt from what it meant' : 'As it came'}:`,
    codeBlock(raw, 'json'),
  ].filter((line) => line !== '');
}

function deltaFacts({ gapMs, lagMs, audioSentMs, text }: DeltaTableRow): string {
  const facts = [
    ...(gapMs === null ? [] : [`Gap: **${duration(gapMs)}** since the text before`]),
    ...(lagMs === null ? [] : [`Lag: **${duration(lagMs)}** since its last word was spoken`]),
    `Audio sent by then: **${clockTime(audioSentMs)}**`,
    ...(text.trim() === '' ? [] : [`Text: ${quoted(text)}`]),
  ];
  // Two spaces end a line.
  return facts.join('  \n');
}

function controlLines({ timings }: SessionFacts, index: unknown): string[] {
  const control = typeof index === 'number' ? timings?.trace.controls[index] : undefined;
  if (!timings || !control) return [];
  const commit = control.commit === null ? '' : `, the ${control.commit} commit`;
  return [`Sent at **${clockTime(timings.axis.toMs(control.sentUs))}** of the audio${commit}`];
}

function metricHoverLines({ figures }: FileSession, id: string): string[] {
  const definition = metricOf(id);
  const value = figures.metrics[id];
  if (!definition || value === undefined) return [];
  const [heading, ...rest] = metricLines(id, definition);
  return [`${heading}: **${valueText(definition, value)}**`, ...rest];
}

function valueText(definition: MetricDefinition, value: number | boolean | string): string {
  if (typeof value === 'string') return quoted(value, 60);
  const isShare = definition.unit === 'ratio' && typeof value === 'number';
  return isShare ? formatPercent(value) : formatMetric(definition, value);
}

function missingLines({ figures }: FileSession, path: JSONPath): string[] {
  const [, , reason, index] = path;
  if (typeof reason !== 'string') return [];
  const because = `No value: ${quoted(missingReasonText(reason), 200)}`;
  const id = typeof index === 'number' ? figures.missing[reason]?.[index] : undefined;
  const definition = id === undefined ? null : metricOf(id);
  return definition && id !== undefined ? [...metricLines(id, definition), because] : [because];
}
