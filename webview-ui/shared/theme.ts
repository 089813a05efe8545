const forcedColours = matchMedia('(forced-colors: active)');

/** What stands for theme colours where the system forces its own. Others are text. */
const systemColours: Readonly<Record<string, string>> = {
  'editor-background': 'Canvas',
  'charts-blue': 'LinkText',
  'charts-purple': 'LinkText',
  'charts-green': 'Highlight',
  focusBorder: 'Highlight',
};

/** Whether the system's colours take the place of the theme's. */
export function hasForcedColours(): boolean {
  return forcedColours.matches;
}

/** The value of a theme colour, for what cannot use CSS, such as a canvas. */
export function themeColour(name: string, fallback: string): string {
  if (forcedColours.matches) return systemColour(systemColours[name] ?? 'CanvasText');
  const style = getComputedStyle(document.body);
  const found = style.getPropertyValue(`--vscode-${name}`).trim();
  return found || style.getPropertyValue(`--vscode-${fallback}`).trim() || style.color;
}

/** The text font at a size relative to that of the page, as a canvas wants it. */
export function themeFont(scale: number): string {
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  return `${Math.round(parseFloat(fontSize) * scale)}px ${fontFamily}`;
}

/** As red, green and blue: keywords mean something else to a canvas that is not on the page. */
function systemColour(keyword: string): string {
  const probe = document.createElement('span');
  probe.style.color = keyword;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Calls back after the user switched to another theme, or the system to its own colours. */
export function onThemeChange(changed: () => void): void {
  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(changed);
  };
  forcedColours.addEventListener('change', soon);
  const observer = new MutationObserver(soon);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
