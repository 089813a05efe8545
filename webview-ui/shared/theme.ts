/** The value of a theme colour, for what cannot use CSS, such as a canvas. */
export function themeColour(name: string, fallback: string): string {
  const style = getComputedStyle(document.body);
  const found = style.getPropertyValue(`--vscode-${name}`).trim();
  return found || style.getPropertyValue(`--vscode-${fallback}`).trim() || style.color;
}

/** The text font at a size relative to that of the page, as a canvas wants it. */
export function themeFont(scale: number): string {
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  return `${Math.round(parseFloat(fontSize) * scale)}px ${fontFamily}`;
}

/** Calls back after the user switched to another theme. */
export function onThemeChange(changed: () => void): void {
  let asked = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(changed);
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
