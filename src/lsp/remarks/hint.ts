/** A remark within the text. */
export interface Hint {
  offset: number;
  label: string;
  tooltip: string;
}
