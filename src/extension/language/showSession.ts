import * as vscode from 'vscode';
import * as z from 'zod/mini';

const runSchema = z.string();

/** What the language server says of the place that a lens or an action stands at. */
const placeSchema = z.object({ sessionId: z.string(), message: z.optional(z.number()) });

/**
 * Shows a session of a run's text on the timeline, beside the text.
 *
 * @param run the run's address as text
 * @param place the session and, where one is meant, the place of a received message
 */
export async function showOnTimeline(run: unknown, place: unknown): Promise<void> {
  const session = { ...sessionOf(run, place), isBeside: true };
  await vscode.commands.executeCommand('rtbench.openTimeline', session);
}

/** Opens the transcript of a session of a run's text. */
export async function openTranscript(run: unknown, place: unknown): Promise<void> {
  await vscode.commands.executeCommand('rtbench.openTranscript', sessionOf(run, place));
}

function sessionOf(run: unknown, place: unknown) {
  return { ...placeSchema.parse(place), run: vscode.Uri.parse(runSchema.parse(run), true) };
}
