import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The kinds of theme that every page has to work in. */
export const themeKinds = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;

export type ThemeKind = (typeof themeKinds)[number];

const file = path.join(import.meta.dirname, '..', '..', 'fixtures', 'webview', 'themes.json');

/** Variables of VS Code's own themes, as its workbench sets them; see README.md beside the file. */
const themes = JSON.parse(readFileSync(file, 'utf8')) as Record<ThemeKind, Record<string, string>>;

/** A script that dresses a page as VS Code does: variables on the root, classes on the body. */
export function themeScript(kind: ThemeKind): string {
  const classes = [
    `vscode-${kind}`,
    ...(kind === 'high-contrast-light' ? ['vscode-high-contrast'] : []),
  ];
  return `
    const root = document.documentElement;
    root.removeAttribute('style');
    for (const [name, value] of Object.entries(${JSON.stringify(themes[kind])})) {
      root.style.setProperty(name, value);
    }
    document.body.className = ${JSON.stringify(classes.join(' '))};
    document.body.dataset.vscodeThemeKind = ${JSON.stringify(`vscode-${kind}`)};
  `;
}
