/** A table of cells that are HTML already. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return (
    `<div class="wide"><table><thead>${line(head, 'th')}</thead>` +
    `<tbody>${rows.map((row) => line(row, 'td')).join('\n')}</tbody></table></div>`
  );
}
