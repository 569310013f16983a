// Makes up a tree of definitions, in the shape of real ones: strata of 40 chunks, which build on a few others, twelve
// levels deep; chunks that need a few siblings; most chunks with a file of their own. The same numbers give the same
// bytes.
// usage: node bench/generate-tree.js CHUNKS FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CHUNKS_OF_STRATUM = 40;
const DEPTH = 12;
/** Of v8-2016-08: strata that a stratum builds on, siblings that a chunk needs, strata of a system. */
const STRATA_BELOW = 3;
const SIBLINGS = 2;
const STRATA_OF_SYSTEM = 40;

/** Whole numbers from 0 to below a limit, the same in each run (mulberry32). */
function random(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

const buildSystems = ['autotools', 'cmake', 'python-distutils', 'manual', 'qmake'];

/**
 * @param chunks how many chunks the tree is to have.
 * @returns text by path.
 */
export function generateTree(chunks, seed = 1) {
  const next = random(seed);
  const hex = () =>
    Array.from({ length: 5 }, () =>
      next(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const files = new Map([['VERSION', 'version: 7\n']]);
  const count = Math.ceil(chunks / CHUNKS_OF_STRATUM);
  const width = Math.ceil(count / DEPTH);
  const stratumName = (index) => `stratum-${String(index).padStart(5, '0')}`;
  for (let index = 0; index < count; index++) {
    const name = stratumName(index);
    const level = Math.floor(index / width);
    const below = new Set();
    for (let i = 0; level > 0 && i < STRATA_BELOW; i++) below.add((level - 1) * width + next(width));
    const lines = [`name: ${name}`, 'kind: stratum', `description: Made up, at level ${level}.`];
    if (below.size > 0) {
      lines.push('build-depends:');
      for (const other of below) lines.push(`- morph: strata/${stratumName(other)}.morph`);
    }
    lines.push('chunks:');
    const size = Math.min(CHUNKS_OF_STRATUM, chunks - index * CHUNKS_OF_STRATUM);
    for (let position = 0; position < size; position++) {
      const chunk = `chunk-${index}-${position}`;
      const hasFile = next(10) < 6;
      if (next(8) === 0) lines.push(`# What ${chunk} is here for.`);
      lines.push(`- name: ${chunk}`);
      if (hasFile) lines.push(`  morph: strata/${name}/${chunk}.morph`);
      lines.push(`  repo: upstream:${chunk}`, `  ref: ${hex()}`, `  unpetrify-ref: v${next(9)}.${next(30)}`);
      const siblings = new Set();
      for (let i = 0; position > 0 && i < SIBLINGS; i++) siblings.add(next(position));
      if (siblings.size > 0) {
        lines.push('  build-depends:');
        for (const sibling of siblings) lines.push(`  - chunk-${index}-${sibling}`);
      }
      if (hasFile) files.set(`strata/${name}/${chunk}.morph`, chunkFile(chunk, next));
      else lines.push(`  build-system: ${buildSystems[next(buildSystems.length)]}`);
    }
    files.set(`strata/${name}.morph`, `${lines.join('\n')}\n`);
  }
  for (let system = 0; system < Math.max(1, Math.floor(count / STRATA_OF_SYSTEM)); system++) {
    const strata = new Set();
    for (let i = 0; i < STRATA_OF_SYSTEM; i++) strata.add(next(count));
    const lines = [`name: system-${system}`, 'kind: system', 'arch: x86_64', 'strata:'];
    for (const index of [...strata].sort((a, b) => a - b)) {
      lines.push(`- name: ${stratumName(index)}`, `  morph: strata/${stratumName(index)}.morph`);
    }
    files.set(`systems/system-${system}.morph`, `${lines.join('\n')}\n`);
  }
  return files;
}

function chunkFile(name, next) {
  const lines = [`name: ${name}`, 'kind: chunk', `build-system: ${buildSystems[next(buildSystems.length)]}`];
  if (next(3) === 0) {
    lines.push(
      'configure-commands:',
      '- |',
      '  ./configure --prefix="$PREFIX" \\',
      `    --with-${next(100)} \\`,
    );
    lines.push('    --sysconfdir=/etc');
  }
  if (next(3) === 0) lines.push('post-install-commands:', `- mkdir -p "$DESTDIR$PREFIX/share/${name}"`);
  if (next(8) === 0) {
    lines.push(
      'system-integration:',
      `  ${name}-misc:`,
      `    ${String(next(100)).padStart(2, '0')}-${name}:`,
    );
    lines.push(`    - touch /etc/${name}.conf`);
  }
  return `${lines.join('\n')}\n`;
}

/** Writes such a tree into a folder. */
export function writeTree(chunks, folder) {
  const made = new Set();
  for (const [path, text] of generateTree(chunks)) {
    const file = join(folder, path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, text);
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [chunks, folder] = process.argv.slice(2);
  writeTree(Number(chunks), folder);
}
