import { vsCodeButton } from '@vscode/webview-ui-toolkit/dist/button/index.js';
import { vsCodeCheckbox } from '@vscode/webview-ui-toolkit/dist/checkbox/index.js';
import { vsCodeDropdown } from '@vscode/webview-ui-toolkit/dist/dropdown/index.js';
import { vsCodeOption } from '@vscode/webview-ui-toolkit/dist/option/index.js';
import { vsCodeTextArea } from '@vscode/webview-ui-toolkit/dist/text-area/index.js';
import { vsCodeTextField } from '@vscode/webview-ui-toolkit/dist/text-field/index.js';
import { provideVSCodeDesignSystem } from '@vscode/webview-ui-toolkit/dist/vscode-design-system.js';
import { applyProps, type Child, type ElementProps } from './element.ts';

/**
 * The form controls of all pages. The toolkit behind them is no longer developed: this is the
 * only file that knows it.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

/** A text field, text area or drop-down list. */
export interface ValueControl extends HTMLElement {
  value: string;
}

export interface CheckControl extends HTMLElement {
  checked: boolean;
}

export interface Option {
  value: string;
  label: string;
}

export function button(
  label: Child | readonly Child[],
  props: ElementProps & { appearance?: 'primary' | 'secondary' | 'icon' } = {},
): HTMLElement {
  const made = control('vscode-button', props);
  made.setAttribute('appearance', props.appearance ?? 'secondary');
  const children = Array.isArray(label) ? (label as Child[]) : [label as Child];
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * Shows whether a button that stays pressed is pressed, once it is in the page. Screen readers
 * are told by the button inside: the element around it has no role that could be pressed.
 */
export function setPressed(made: HTMLElement, isPressed: boolean): void {
  made.classList.toggle('pressed', isPressed);
  made.shadowRoot?.querySelector('button')?.setAttribute('aria-pressed', String(isPressed));
}

/** @param label for screen readers; pages hide it where the place says enough */
export function textField(label: string, value: string, props: ElementProps): ValueControl {
  return textControl('vscode-text-field', label, value, props);
}

export function textArea(label: string, value: string, props: ElementProps): ValueControl {
  return textControl('vscode-text-area', label, value, props);
}

export function dropdown(
  options: readonly Option[],
  value: string,
  props: ElementProps,
): ValueControl {
  const made = control('vscode-dropdown', props) as ValueControl;
  for (const { value: of, label } of options) {
    const option = control('vscode-option', { attributes: { value: of } });
    option.textContent = label;
    if (of === value) option.setAttribute('selected', '');
    made.append(option);
  }
  return made;
}

export function checkbox(label: string, checked: boolean, props: ElementProps): CheckControl {
  const made = control('vscode-checkbox', props) as CheckControl;
  made.textContent = label;
  made.checked = checked;
  return made;
}

/** The toolkit overwrites `aria-label` with the text inside, so that is where the label goes. */
function textControl(tag: string, label: string, value: string, props: ElementProps): ValueControl {
  const made = control(tag, props) as ValueControl;
  made.textContent = label;
  made.value = value;
  return made;
}

function control(tag: string, props: ElementProps): HTMLElement {
  const made = document.createElement(tag);
  applyProps(made, props);
  return made;
}
