/** What the page's HTML needs to know of the webview that shows it. */
export interface RunEditorPage {
  /** Where the page's own files come from, as a CSP source. */
  cspSource: string;
  /** Fresh for each page. */
  nonce: string;
  scriptUri: string;
  styleUris: string[];
}

/** Hash of the empty string: the toolkit adds one empty `<style>`. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** What the page may load: its own files, nothing else, and no inline code. */
export function contentSecurityPolicy({ cspSource, nonce }: RunEditorPage): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} ${emptyStyle}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
}

/** The run editor's page. Data comes by message, never in the HTML. */
export function runEditorPage(page: RunEditorPage): string {
  const styles = page.styleUris.map((uri) => `<link rel="stylesheet" href="${attribute(uri)}" />`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(page))}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>RTBench Run</title>
    ${styles.join('\n    ')}
    <script nonce="${attribute(page.nonce)}" src="${attribute(page.scriptUri)}" defer></script>
  </head>
  <body>
    <main id="run"></main>
  </body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
