import * as z from 'zod';
import { runFileSchema, schemaUri } from './runSchema.ts';

/** The published JSON schema of run files: what editors and other programs check against. */
export function runFileJsonSchema(): object {
  return { $id: schemaUri, ...z.toJSONSchema(runFileSchema, { io: 'input' }) };
}
