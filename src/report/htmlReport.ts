import { createHash } from 'node:crypto';
import type { Comparison } from '../comparison/comparison.ts';
import { escapeHtml, isolatedHtml } from './escapeHtml.ts';
import { htmlPair } from './htmlPair.ts';
import { htmlStyle } from './htmlStyle.ts';
import { htmlTable } from './htmlTable.ts';
import { methodText } from './methodText.ts';

/**
 * A comparison as one HTML file with its plots, to keep or to send: no script, nothing loaded
 * from anywhere, and a policy that forbids both.
 */
export function htmlReport(comparison: Comparison): string {
  const { runs, pairs } = comparison;
  const title = `RTBench: ${runs.map((run) => run.title).join(' / ')}`;
  const warnings = runs.flatMap(({ letter, warnings: own }) =>
    own.map((warning) => `<li>${letter}: ${isolatedHtml(warning)}</li>`),
  );
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    '<body>',
    '<h1>RTBench comparison</h1>',
    htmlTable(
      ['', 'Run', 'Measured'],
      runs.map(({ letter, title: name, startedAt }) => [
        letter,
        isolatedHtml(name),
        escapeHtml(startedAt),
      ]),
    ),
    warnings.length === 0 ? '' : `<ul>${warnings.join('')}</ul>`,
    ...pairs.map((pair) => htmlPair(comparison, pair)),
    `<p class="dim">${escapeHtml(methodText(comparison))}</p>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Nothing but this file's own style sheet. */
function policy(): string {
  const hash = createHash('sha256').update(htmlStyle).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
