import * as z from 'zod/mini';
import { runViewSchema, sessionDetailSchema } from './runView.ts';

/**
 * What the run editor's page and the extension say to each other; both check what they receive.
 * The page says `ready`; the extension answers with a whole state, and again after every change.
 */

/** Why a document cannot be shown as a run. */
export const problemKinds = [
  'json_invalid',
  'not_a_run',
  'format_newer',
  'run_invalid',
  'too_large',
] as const;

/** How the table of sessions is sorted. */
export const sortSchema = z.object({
  column: z.string(),
  direction: z.enum(['ascending', 'descending']),
});

/** Where a reader is in a run: what the panes of two versions of it have in common. */
const placeSchema = z.object({
  endpointId: z.nullable(z.string()),
  sessionId: z.nullable(z.string()),
  sort: z.nullable(sortSchema),
  /** What the sessions are searched for. */
  query: z.string(),
});

export const toRunEditorSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run'),
    view: runViewSchema,
    /** False for documents that cannot be saved, such as one from version control. */
    editable: z.boolean(),
    /** Whether the benchmark can be run again from here. */
    runnable: z.boolean(),
    /** Number of this page's last edit that the view contains; 0 before the first. */
    lastEdit: z.number(),
  }),
  z.object({ type: z.literal('loading') }),
  z.object({
    type: z.literal('problem'),
    kind: z.enum(problemKinds),
    /** Names the place and the reason. */
    message: z.string(),
  }),
  z.object({ type: z.literal('detail'), detail: sessionDetailSchema }),
  /** Whether another version of the run is shown beside, as in a diff. */
  z.object({ type: z.literal('versions'), isLinked: z.boolean() }),
  /** Goes where the reader went in the other version; its session is one of this version. */
  z.object({ type: z.literal('follow'), place: placeSchema }),
]);

/** Edits are numbered by the page from 1, so that a late answer does not overwrite typing. */
const editNumber = z.int().check(z.positive());

export const fromRunEditorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Asks for a `detail`. */
  z.object({ type: z.literal('select'), sessionId: z.string() }),
  z.object({
    type: z.literal('editTitle'),
    title: z.string().check(z.maxLength(500)),
    edit: editNumber,
  }),
  z.object({
    type: z.literal('editNotes'),
    notes: z.string().check(z.maxLength(100_000)),
    edit: editNumber,
  }),
  /** Opens the timeline of a session, at a message where one is chosen. */
  z.object({
    type: z.literal('openTimeline'),
    sessionId: z.string(),
    /** Place among the received messages. */
    message: z.nullable(z.int().check(z.nonnegative())),
  }),
  /** Opens the text of a session as a document. */
  z.object({ type: z.literal('openTranscript'), sessionId: z.string() }),
  z.object({ type: z.literal('openAsText') }),
  z.object({ type: z.literal('runAgain') }),
  z.object({ type: z.literal('copy'), text: z.string() }),
  /** The reader went elsewhere; said only while another version is shown beside. */
  z.object({ type: z.literal('place'), place: placeSchema }),
  /** Opens both versions in the compare editor. */
  z.object({ type: z.literal('openComparison') }),
]);

export type ToRunEditor = z.infer<typeof toRunEditorSchema>;
export type FromRunEditor = z.infer<typeof fromRunEditorSchema>;
export type RunPlace = z.infer<typeof placeSchema>;
export type RunProblemKind = (typeof problemKinds)[number];
