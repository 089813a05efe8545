import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod';
import { timelineActions } from '../../../../src/timeline/timelineActions.ts';
import { timelineViewType } from '../../../../src/extension/timeline/timelineViewType.ts';

const manifestSchema = z.object({
  activationEvents: z.array(z.string()),
  contributes: z.object({
    commands: z.array(
      z.object({ command: z.string(), title: z.string(), enablement: z.string().optional() }),
    ),
    menus: z.object({
      commandPalette: z.array(z.object({ command: z.string(), when: z.string() })),
    }),
    keybindings: z.array(z.object({ command: z.string() })),
  }),
});

const text = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
const { activationEvents, contributes } = manifestSchema.parse(JSON.parse(text));
const isActive = `activeWebviewPanelId == ${timelineViewType}`;
const prefix = 'rtbench.timeline.';

test('every action of the timeline is a command, for an active timeline only', () => {
  const commands = contributes.commands.filter(({ command }) => command.startsWith(prefix));
  assert.deepEqual(
    commands,
    timelineActions.map(({ id, title }) => ({
      command: prefix + id,
      title: `Timeline: ${title}`,
      enablement: isActive,
    })),
  );
});

test('the palette offers them where they do something', () => {
  const entries = contributes.menus.commandPalette.filter(({ command }) =>
    command.startsWith(prefix),
  );
  assert.deepEqual(
    entries,
    timelineActions.map(({ id }) => ({ command: prefix + id, when: isActive })),
  );
});

test('a window that is opened again wakes the extension for its timelines', () => {
  assert.ok(activationEvents.includes(`onWebviewPanel:${timelineViewType}`));
});

test('its keys are those of the page, not of VS Code', () => {
  const bound = contributes.keybindings.map(({ command }) => command);
  assert.deepEqual(
    bound.filter((command) => command.startsWith(prefix)),
    [],
  );
});
