// Writes the published JSON schema from the definition that the program checks with.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runFileJsonSchema } from '../src/runfile/runFileJsonSchema.ts';

const file = path.join(import.meta.dirname, '..', 'schemas', 'rtbench.schema.json');
await writeFile(file, `${JSON.stringify(runFileJsonSchema(), null, 2)}\n`);
