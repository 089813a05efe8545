import { escapeHtml } from './escapeHtml.ts';

/** Text as it may stand between tags and in quoted attributes of XML 1.0, on one line. */
export function escapeXml(text: string): string {
  // Characters that no XML document may hold, not even as entities.
  const legal = text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|[\uFFFE\uFFFF]/gu, '\uFFFD');
  return escapeHtml(legal.replace(/[\n\t]+/g, ' '));
}
