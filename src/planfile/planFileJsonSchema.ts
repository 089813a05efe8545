import * as z from 'zod';
import { planFileSchema, planSchemaUri } from './planFileSchema.ts';

/** The published JSON schema of plan files. */
export function planFileJsonSchema(): object {
  return {
    $id: planSchemaUri,
    allowComments: true,
    allowTrailingCommas: true,
    ...z.toJSONSchema(planFileSchema, { io: 'input' }),
  };
}
