export interface ElementProps {
  class?: string;
  id?: string;
  role?: string;
  /** Shown on hover. */
  title?: string;
  tabIndex?: number;
  hidden?: boolean;
  dir?: 'auto' | 'ltr';
  /** Without the prefix: `{ label: 'Status' }`. */
  aria?: Record<string, string | number | boolean>;
  data?: Record<string, string>;
  /** Any other attribute. */
  attributes?: Record<string, string>;
  on?: Partial<Record<keyof HTMLElementEventMap, (event: Event) => void>>;
}

export type Child = Node | string | null;

/**
 * Makes an element. Text goes in as text, never as HTML: what a server or a file says cannot
 * become part of the page.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: ElementProps = {},
  children: Child | readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  applyProps(made, props);
  appendAll(made, Array.isArray(children) ? (children as Child[]) : [children as Child]);
  return made;
}

export function applyProps(target: HTMLElement, props: ElementProps): void {
  const { class: className, role, aria = {}, data = {}, attributes = {}, on = {} } = props;
  const { id, title, tabIndex, hidden, dir } = props;
  const given = { id, title, tabIndex, hidden, dir, className };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) Object.assign(target, { [name]: value });
  }
  if (role !== undefined) target.setAttribute('role', role);
  for (const [name, value] of Object.entries(aria)) {
    target.setAttribute(`aria-${name}`, String(value));
  }
  for (const [name, value] of Object.entries(data)) target.dataset[name] = value;
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  for (const [event, listener] of Object.entries(on)) target.addEventListener(event, listener);
}

/** A codicon, for the eye only: what it says must be said in words too. */
export function icon(name: string, className = ''): HTMLElement {
  const classes = `codicon codicon-${name} ${className}`.trimEnd();
  return element('span', { class: classes, aria: { hidden: true } });
}

/** Words for screen readers alone; out of the way of `dir="auto"` around them. */
export function spoken(text: string): HTMLElement {
  return element('span', { class: 'spoken', dir: 'ltr' }, text);
}

function appendAll(target: HTMLElement, children: readonly Child[]): void {
  target.append(...children.filter((child) => child !== null));
}
