/** The names under which a manifest may give each field, best first; compared without case. */
const fieldNames = {
  id: ['id', 'utt_id', 'utterance_id'],
  audio: [
    'audio',
    'file',
    'path',
    'audio_filepath',
    'audio_path',
    'file_name',
    'audio_file',
    'filename',
  ],
  text: ['text', 'transcript', 'transcription', 'sentence', 'reference'],
  durationS: ['duration_s', 'duration'],
  durationMs: ['duration_ms'],
  language: ['language', 'lang', 'locale'],
  speaker: ['speaker', 'speaker_id', 'client_id'],
  tags: ['tags'],
  words: ['words'],
  wordTimings: ['word_timings'],
  metric: ['metric'],
  offset: ['offset'],
} as const;

export type FieldName = keyof typeof fieldNames;

export interface GivenField {
  /** As the manifest writes it. */
  name: string;
  value: unknown;
}

/** The fields of one entry; one that the entry does not give is absent. */
export type ManifestFields = Partial<Record<FieldName, GivenField>>;

const fieldByName = new Map<string, { field: FieldName; rank: number }>();
for (const [field, names] of Object.entries(fieldNames)) {
  names.forEach((name, rank) => fieldByName.set(name, { field: field as FieldName, rank }));
}

/** Picks the known fields out of a record as it was read; null and undefined count as absent. */
export function pickFields(record: Readonly<Record<string, unknown>>): ManifestFields {
  const fields: ManifestFields = {};
  const ranks: Partial<Record<FieldName, number>> = {};
  for (const [name, value] of Object.entries(record)) {
    const known = fieldByName.get(canonicalName(name));
    if (!known || value === null || value === undefined) continue;
    if (known.rank >= (ranks[known.field] ?? Infinity)) continue;
    fields[known.field] = { name, value };
    ranks[known.field] = known.rank;
  }
  return fields;
}

/** Whether a name (a column's, say) is one under which audio may be given. */
export function namesAudio(name: string): boolean {
  return fieldByName.get(canonicalName(name))?.field === 'audio';
}

export const audioFieldNames: readonly string[] = fieldNames.audio;

function canonicalName(name: string): string {
  return name.trim().toLowerCase().replace(/[ -]/g, '_');
}
