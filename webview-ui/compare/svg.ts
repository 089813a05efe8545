const namespace = 'http://www.w3.org/2000/svg';

/** Makes an SVG element; numbers and percentages as attributes, which the page's policy allows. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly SVGElement[] = [],
): SVGElement {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}
