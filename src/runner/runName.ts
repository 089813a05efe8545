import path from 'node:path';
import type { Plan } from '../plan/plan.ts';

/** What a run is called unless its user says otherwise, for example `local on meetings`. */
export function runTitle({ endpoints, dataset }: Plan): string {
  const names = endpoints.map(({ id }) => id).join(' and ');
  return `${names} on ${datasetLabel(dataset.path)}`;
}

/** A file name that tells runs apart: title and time, without what file systems refuse. */
export function runFileName(title: string, startedAt: Date): string {
  const stem = title.replaceAll(/[^\p{L}\p{N}.]+/gu, '-').replace(/^[-.]+/, '');
  const time = startedAt.toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  return `${stem.slice(0, 100)}-${time}.rtbench.json`;
}

/** Short name of a dataset's path. A manifest usually speaks for the folder it lies in. */
export function datasetLabel(file: string): string {
  const { name, dir } = path.parse(file);
  return ['manifest', 'metadata'].includes(name) ? path.basename(dir) : name;
}
