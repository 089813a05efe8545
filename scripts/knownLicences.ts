// What people decided about licences; scripts/thirdPartyNotices.ts refuses whatever is not here.

/** Licences that any bundled package may have. */
export const acceptedLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'ISC',
  'MIT',
];

/** Packages accepted under another licence, and what that asks for. */
export const acceptedPackages: Readonly<Record<string, { licence: string; note: string }>> = {
  'codec-parser': {
    licence: 'LGPL-3.0-or-later',
    note:
      'Bundled unchanged. RTBench’s source and build script are public under Apache-2.0: change ' +
      'the package in node_modules and build again to use a modified version.',
  },
};

/** Who holds the copyright of MIT and Apache-2.0 packages that ship without the text. */
export const copyrightHolders: readonly { packages: RegExp; holder: string }[] = [
  { packages: /^onnxruntime-/, holder: 'Microsoft Corporation' },
  { packages: /^@aws-sdk\//, holder: 'Amazon.com, Inc. or its affiliates' },
  { packages: /^@microsoft\/fast-/, holder: 'Microsoft Corporation' },
  {
    packages: /^(mpg123-decoder|opus-decoder|@wasm-audio-decoders\/.+)$/,
    holder: 'Ethan Halsall',
  },
];

export interface CompiledPart {
  /** The npm package that holds it as WebAssembly. */
  inPackage: string;
  name: string;
  licence: string;
  source: string;
  /** Lines before the licence's text. */
  notice: string;
  /** File of scripts/licences. */
  text: string;
}

/** Libraries that packages contain compiled, where no package.json names them. */
export const compiledParts: readonly CompiledPart[] = [
  {
    inPackage: 'mpg123-decoder',
    name: 'mpg123 (libmpg123)',
    licence: 'LGPL-2.1',
    source: 'https://www.mpg123.de/',
    notice:
      'Copyright (c) by the mpg123 project. Compiled to WebAssembly by the package and bundled ' +
      'unchanged; RTBench’s source and build script are public under Apache-2.0, so the package ' +
      'can be replaced by one with a modified mpg123.',
    text: 'LGPL-2.1.txt',
  },
  {
    inPackage: 'opus-decoder',
    name: 'libopus',
    licence: 'BSD-3-Clause',
    source: 'https://opus-codec.org/',
    notice:
      'Copyright 2001-2023 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B. ' +
      'Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo, Mozilla, Amazon',
    text: 'xiph-BSD-3-Clause.txt',
  },
  {
    inPackage: '@wasm-audio-decoders/flac',
    name: 'libFLAC',
    licence: 'BSD-3-Clause',
    source: 'https://xiph.org/flac/',
    notice: 'Copyright (C) 2000-2009 Josh Coalson\nCopyright (C) 2011-2022 Xiph.Org Foundation',
    text: 'xiph-BSD-3-Clause.txt',
  },
  {
    inPackage: '@wasm-audio-decoders/ogg-vorbis',
    name: 'libvorbis and libogg',
    licence: 'BSD-3-Clause',
    source: 'https://xiph.org/vorbis/',
    notice: 'Copyright (c) 2002-2020 Xiph.Org Foundation',
    text: 'xiph-BSD-3-Clause.txt',
  },
];
