import * as vscode from 'vscode';
import { clockTime } from '../../timeline/formatTime.ts';
import type { MissingWords, Transcript, TranscriptWord } from '../../transcript/transcript.ts';
import { errorText, wordFacts } from '../../transcript/wordFacts.ts';

/** A message as it came. */
export interface HoverFrame {
  delta: number;
  raw: string;
  isRebuilt: boolean;
}

/** Frames in a hover; a word is seldom made of more. */
export const mostFrames = 3;

/** A frame may be a whole transcript. */
const mostFrameCharacters = 1500;

/** What a hover says of a word. All that servers and files say is appended as text or code. */
export function wordHover(
  transcript: Transcript,
  word: TranscriptWord,
  frames: readonly HoverFrame[],
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  appendHeading(markdown, word);
  const facts = wordFacts(transcript, word).map(({ label, value }) => `${label}: **${value}**`);
  // Two spaces end a line.
  markdown.appendMarkdown(`${facts.join('  \n')}\n`);
  for (const { delta, raw, isRebuilt } of frames) {
    const { atMs, isFinal } = transcript.deltas[delta]!;
    const kind = isFinal ? 'Final' : 'Delta';
    const rebuilt = isRebuilt ? ', rebuilt from what it meant' : '';
    markdown.appendMarkdown(`\n${kind} ${delta + 1}, ${clockTime(atMs)}${rebuilt}\n`);
    markdown.appendCodeblock(frameText(raw), 'json');
  }
  const left = word.deltas.length - frames.length;
  if (left > 0) markdown.appendMarkdown(`\n${left} more of its deltas: see the timeline.\n`);
  return markdown;
}

/** What a hover says where words are missing. */
export function missingHover({ text }: MissingWords): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('Missing: said was ');
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown.appendText(text);
}

function appendHeading(markdown: vscode.MarkdownString, word: TranscriptWord): void {
  markdown.appendMarkdown('**').appendText(word.text).appendMarkdown('**');
  const error = errorText(word);
  if (error !== null) markdown.appendMarkdown(` — ${error}`);
  if (word.said !== null) markdown.appendMarkdown(' ').appendText(word.said);
  markdown.appendMarkdown('\n\n');
}

/**
 * A frame as the content of a code block. VS Code makes the block's fence longer than any in it, but
 * overlooks those that are indented, which would end the block as well.
 */
function frameText(raw: string): string {
  const shown =
    raw.length <= mostFrameCharacters
      ? raw
      : `${raw.slice(0, mostFrameCharacters)}… (${raw.length} characters)`;
  return shown.replaceAll(/^[^\S\r\n]+(?=`)/gm, '');
}
