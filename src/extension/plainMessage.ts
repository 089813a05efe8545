/** VS Code makes links of `[text](target)` in messages, also links that run commands. */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (');
}
