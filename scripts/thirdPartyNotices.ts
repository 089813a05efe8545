import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';
import { BenchError } from '../src/common/benchError.ts';
import {
  acceptedLicences,
  acceptedPackages,
  compiledParts,
  copyrightHolders,
} from './knownLicences.ts';

const rule = '='.repeat(78);
const licencesDir = path.join(import.meta.dirname, 'licences');
const licenceFile = /^(licen[cs]e|notices?|copying|copyrightnotice)\b/i;

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
});

/** An npm package of which something ships. */
export interface ShippedPackage {
  name: string;
  version: string;
  licence: string;
  source: string;
  text: string;
}

/** Folders of the npm packages that bundles took code from, relative as esbuild has them. */
export function bundledPackageDirs(metafiles: readonly Metafile[]): string[] {
  const dirs = new Set<string>();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const dir = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
        if (dir !== undefined && bytesInOutput > 0) dirs.add(dir);
      }
    }
  }
  return [...dirs].sort();
}

/**
 * Reads what a package says of its licence.
 *
 * @throws BenchError `licence_unknown` when nobody has decided that this licence may ship, or
 *   `licence_text_missing` when there is no text to pass on.
 */
export async function readShippedPackage(dir: string): Promise<ShippedPackage> {
  const manifest = packageSchema.parse(
    JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')),
  );
  const { name, version, license = 'none stated', repository } = manifest;
  const accepted = acceptedPackages[name];
  if (accepted?.licence !== license && !acceptedLicences.includes(license)) {
    throw new BenchError(
      'licence_unknown',
      `${name}@${version} is bundled and its licence is ${license}, which nobody has accepted. ` +
        'Do without the package, or decide and add it to scripts/knownLicences.ts.',
    );
  }
  const source = typeof repository === 'string' ? repository : repository?.url;
  const text = await licenceText(dir, name, license);
  return {
    name,
    version,
    licence: license,
    source: source?.replace(/^git\+/, '') ?? `https://www.npmjs.com/package/${name}`,
    text: accepted === undefined ? text : `${accepted.note}\n\n${text}`,
  };
}

async function licenceText(dir: string, name: string, licence: string): Promise<string> {
  const files = (await readdir(dir)).filter((file) => licenceFile.test(file)).sort();
  if (files.length > 0) {
    const texts = await Promise.all(files.map((file) => readFile(path.join(dir, file), 'utf8')));
    return texts.map((text) => text.trim()).join('\n\n');
  }
  const holder = copyrightHolders.find(({ packages }) => packages.test(name))?.holder;
  if (licence === 'MIT' && holder !== undefined) {
    return `MIT License\n\nCopyright (c) ${holder}\n\n${await knownText('MIT.txt')}`;
  }
  if (licence === 'Apache-2.0' && holder !== undefined) {
    return `Copyright (c) ${holder}\n\n${await knownText('Apache-2.0.txt')}`;
  }
  throw new BenchError(
    'licence_text_missing',
    `${name} is bundled and ships no licence text. Add its copyright holder to ` +
      'scripts/knownLicences.ts.',
  );
}

async function knownText(file: string): Promise<string> {
  return (await readFile(path.join(licencesDir, file), 'utf8')).trim();
}

/**
 * The notices of everything that ships and was not written here: bundled packages, libraries
 * compiled into them, and the speech models, whose text is given.
 */
export async function thirdPartyNotices(
  packages: readonly ShippedPackage[],
  modelLicences: string,
): Promise<string> {
  const names = packages.map(({ name }) => name);
  const parts = compiledParts.filter(({ inPackage }) => names.includes(inPackage));
  const sections = [
    ...packages.map(
      ({ name, version, licence, source, text }) =>
        `${name} ${version} (${licence})\n${source}\n\n${text}`,
    ),
    ...(await Promise.all(
      parts.map(
        async ({ inPackage, name, licence, source, notice, text }) =>
          `${name}, in ${inPackage} (${licence})\n${source}\n\n${notice}\n\n${await knownText(text)}`,
      ),
    )),
    ...(names.includes('codec-parser')
      ? [
          `GNU General Public License 3, which the LGPL 3 refers to\n\n${await knownText('GPL-3.0.txt')}`,
        ]
      : []),
    `Speech models\n\n${modelLicences.trim()}`,
  ];
  const contents = [
    ...packages.map(({ name, version, licence }) => `  ${name} ${version}: ${licence}`),
    ...parts.map(({ name, inPackage, licence }) => `  ${name}, in ${inPackage}: ${licence}`),
    '  Moonshine tiny (English), Silero VAD, Llama vocabulary: MIT',
  ];
  const head = `RTBench contains software and models of others, under their own licences.\n\n${contents.join('\n')}`;
  return [head, ...sections].join(`\n\n${rule}\n`) + '\n';
}
