/** Where a page's files are and what it is, for the webview that shows it. */
export interface WebviewPage {
  /** Where the page's own files come from, as a CSP source. */
  cspSource: string;
  /** Fresh for each page. */
  nonce: string;
  scriptUri: string;
  styleUris: string[];
  title: string;
  /** Id of the element that the script fills. */
  rootId: string;
  /** Whether it plays audio files. */
  playsAudio: boolean;
}

/** What differs from one showing of a page to the next. */
export type PageFiles = Omit<WebviewPage, 'title' | 'rootId' | 'playsAudio'>;

/** Hash of the empty string: the toolkit adds one empty `<style>`. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** What the page may load: its own files, nothing else, and no inline code. */
function contentSecurityPolicy({ cspSource, nonce, playsAudio }: WebviewPage): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} ${emptyStyle}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    ...(playsAudio ? [`media-src ${cspSource}`] : []),
  ].join('; ');
}

/** The HTML of a webview. Data comes by message, never in the HTML. */
export function webviewPage(page: WebviewPage): string {
  const styles = page.styleUris.map((uri) => `<link rel="stylesheet" href="${attribute(uri)}" />`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(page))}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${attribute(page.title)}</title>
    ${styles.join('\n    ')}
    <script nonce="${attribute(page.nonce)}" src="${attribute(page.scriptUri)}" defer></script>
  </head>
  <body>
    <main id="${attribute(page.rootId)}"></main>
  </body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
