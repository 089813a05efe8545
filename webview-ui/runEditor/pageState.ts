import * as z from 'zod/mini';
import { sortSchema } from '../../src/runview/runEditorMessages.ts';

/** What the page remembers while it is hidden and after the window was reloaded. */
const pageStateSchema = z.object({
  version: z.literal(1),
  endpointId: z.nullable(z.string()),
  sort: z.nullable(sortSchema),
  query: z.string(),
  /** Empty for all. */
  status: z.string(),
  sessionId: z.nullable(z.string()),
  hideBlank: z.boolean(),
});

export type PageState = z.infer<typeof pageStateSchema>;

/** The saved state; the first one where none was saved, or another version did. */
export function pageStateOf(saved: unknown): PageState {
  const parsed = pageStateSchema.safeParse(saved);
  if (parsed.success) return parsed.data;
  return {
    version: 1,
    endpointId: null,
    sort: null,
    query: '',
    status: '',
    sessionId: null,
    hideBlank: false,
  };
}
