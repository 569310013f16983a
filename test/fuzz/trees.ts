import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { buildEssential, SHA } from '../support/definitions.js';
import { hostileNames, tokens } from './dictionary.js';

/** A definitions tree: bytes by path. */
export type Tree = ReadonlyMap<string, Buffer>;

const samples = new URL('../../samples/definitions/', import.meta.url).pathname;

/** The sample definitions. */
export const sampleTree: Tree = new Map(
  (readdirSync(samples, { recursive: true }) as string[])
    .filter((path) => /\.morph$|^VERSION$|^DEFAULTS$/.test(path) && statSync(join(samples, path)).isFile())
    .sort()
    .map((path) => [path, readFileSync(join(samples, path))]),
);

/** What keeps the trees that single files are changed in small. */
export const frame: Tree = new Map([
  ['VERSION', Buffer.from('version: 8\n')],
  ['strata/build-essential.morph', Buffer.from(buildEssential)],
  ['systems/s.morph', Buffer.from('kind: system\narch: x86_64\nstrata: [{morph: strata/core.morph}]\n')],
]);

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'core', 'gtk+', 'libstdc++') },
  { weight: 3, arbitrary: fc.constantFrom(...hostileNames) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

const anything: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...tokens),
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** A value as it should be, and now and then anything else. */
const mostly = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 30, arbitrary }, { weight: 1, arbitrary: anything });

const command = fc.oneof(
  fc.constantFrom('make', 'make install', '%{prefix}', 'cat <<E\n  %{x}\nE\n', 'a\\\n b', '"$DESTDIR"'),
  fc.constantFrom(...tokens),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const commands = mostly(fc.array(mostly(command), { maxLength: 3 }));
const paths = fc.constantFrom('strata/a.morph', 'strata/b.morph', 'strata/c.morph', 'a', 'b', 'strata/none');
const products = mostly(fc.array(fc.record({ artifact: mostly(name), include: commands }), { maxLength: 2 }));

/** Some of the lists of commands: all of them make cases large, and are alike. */
const someSteps = ['pre-configure-commands', 'build-commands', 'post-install-commands', 'strip-commands'];

const chunkFields = {
  'build-system': mostly(fc.constantFrom('manual', 'autotools', 'cmake', 'cpan', 'weird', 'none')),
  prefix: mostly(fc.constantFrom('/usr', '/tools', '/a b', '%{x}')),
  'max-jobs': mostly(fc.constantFrom(1, 4, '1')),
  'build-mode': mostly(fc.constantFrom('staging', 'bootstrap', 'test', 'staging', 'staging')),
  description: mostly(fc.constantFrom('x', 'two\nlines\n')),
  products,
  submodules: mostly(fc.dictionary(name, fc.record({ url: mostly(name) }), { maxKeys: 2 })),
  'system-integration': mostly(
    fc.dictionary(name, fc.dictionary(name, commands, { maxKeys: 2 }), { maxKeys: 2 }),
  ),
  ...Object.fromEntries(someSteps.map((step) => [step, commands])),
};

const chunk = fc.record(
  { kind: fc.constant('chunk'), name: mostly(name), ...chunkFields },
  { requiredKeys: [] },
);
const entry = fc.record(
  {
    name: mostly(name),
    repo: mostly(fc.oneof(fc.constantFrom('upstream:x', 'https://example.com/x'), name)),
    ref: mostly(fc.constantFrom(SHA, 'master', 'v1.0')),
    'unpetrify-ref': mostly(fc.constantFrom('master', 0.3)),
    morph: fc.constantFrom('chunk.morph', 'strata/a/chunk.morph', 'none.morph'),
    'build-depends': mostly(fc.array(mostly(name), { maxLength: 3 })),
    artifacts: mostly(fc.dictionary(name, name, { maxKeys: 2 })),
    ...chunkFields,
  },
  { requiredKeys: ['name', 'repo', 'ref'] },
);
const stratum = fc.record(
  {
    kind: mostly(fc.constant('stratum')),
    name: mostly(name),
    description: mostly(name),
    'build-depends': mostly(
      fc.array(mostly(fc.oneof(paths, fc.record({ morph: mostly(paths) }))), { maxLength: 2 }),
    ),
    products,
    chunks: mostly(fc.array(mostly(entry), { maxLength: 3 })),
  },
  { requiredKeys: ['kind', 'chunks'] },
);
const system = fc.record(
  {
    kind: mostly(fc.constant('system')),
    name: mostly(name),
    arch: mostly(fc.oneof(fc.constantFrom('x86_64', 'armv7lhf', 'riscv64'), name)),
    strata: mostly(
      fc.array(
        fc.record({ morph: mostly(paths), artifacts: mostly(fc.array(name)) }, { requiredKeys: ['morph'] }),
        { maxLength: 3 },
      ),
    ),
    'configuration-extensions': mostly(fc.array(name, { maxLength: 2 })),
  },
  { requiredKeys: ['kind', 'arch'] },
);
const deployments = mostly(fc.dictionary(name, mostly(fc.dictionary(name, anything, { maxKeys: 3 }))));
const cluster = fc.record({
  kind: mostly(fc.constant('cluster')),
  systems: mostly(
    fc.array(
      fc.record(
        {
          morph: mostly(fc.constantFrom('systems/x.morph', 'systems/none.morph')),
          deploy: deployments,
          'deploy-defaults': anything,
          subsystems: anything,
        },
        { requiredKeys: ['morph'] },
      ),
      { maxLength: 2 },
    ),
  ),
});
const defaults = fc.record(
  {
    'build-systems': mostly(
      fc.dictionary(
        fc.oneof(name, fc.constantFrom('autotools', 'manual', 'weird')),
        mostly(fc.record({ indicators: commands, 'build-commands': commands, 'strip-commands': commands })),
        { maxKeys: 3 },
      ),
    ),
    'split-rules': mostly(fc.record({ chunk: products, stratum: products })),
  },
  { requiredKeys: [] },
);
const version = fc.record({ version: fc.oneof(fc.nat(10), anything) });

/** JSON is YAML too; the other way of writing has block style, and anchors for what occurs twice. */
const written = (value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(value, fc.boolean())
    .map(([data, isJson]) =>
      Buffer.from(isJson ? JSON.stringify(data) : stringify(data, { version: '1.1' })),
    );

const fileName = (folder: string) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(`${folder}/a`, `${folder}/b`, `${folder}/x`) },
    { weight: 1, arbitrary: name.map((each) => `${folder}/${each}`) },
    { weight: 1, arbitrary: name },
  );
const suffix = fc.constantFrom('.morph', '.morph', '.morph', '.def', '.MORPH', '');
const file = (folder: string, value: fc.Arbitrary<unknown>) =>
  fc.tuple(fileName(folder), suffix, written(value));

/** A small tree made of nothing but well-meant definitions with something odd here and there. */
export const generatedTree: fc.Arbitrary<Tree> = fc
  .tuple(
    fc.array(file('strata', stratum), { minLength: 1, maxLength: 3 }),
    fc.array(file('systems', system), { maxLength: 2 }),
    fc.array(file('strata/a', chunk), { maxLength: 2 }),
    fc.option(written(chunk), { freq: 2 }),
    fc.option(file('clusters', cluster), { freq: 3 }),
    fc.option(written(defaults), { freq: 1 }),
    fc.option(written(version), { freq: 1 }),
    fc.boolean(),
  )
  .map(([strata, systems, chunks, own, deployed, presets, format, isBased]) => {
    const tree = new Map<string, Buffer>(isBased ? frame : []);
    for (const [path, end, content] of [...strata, ...systems, ...chunks, ...(deployed ? [deployed] : [])]) {
      tree.set(path + end, content);
    }
    if (own) tree.set('strata/a/chunk.morph', own);
    if (presets) tree.set('DEFAULTS', presets);
    if (format) tree.set('VERSION', format);
    return tree;
  });

/** The sample with files dropped, renamed, doubled and exchanged. */
export const changedTree: fc.Arbitrary<Tree> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('drop', 'rename', 'double', 'exchange', 'empty', 'append'),
      at: fc.nat(sampleTree.size - 1),
      other: fc.nat(sampleTree.size - 1),
      name: fc.oneof(fileName('strata'), fileName('systems')),
      suffix,
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((changes) => {
    const tree = new Map(sampleTree);
    const all = [...sampleTree.keys()];
    for (const change of changes) {
      const path = all[change.at]!;
      const content = tree.get(path);
      const other = all[change.other]!;
      const otherContent = tree.get(other);
      if (!content || !otherContent) continue;
      if (change.kind === 'drop' || change.kind === 'rename') tree.delete(path);
      if (change.kind === 'rename' || change.kind === 'double')
        tree.set(change.name + change.suffix, content);
      if (change.kind === 'exchange') tree.set(path, otherContent).set(other, content);
      if (change.kind === 'empty') tree.set(path, Buffer.alloc(0));
      if (change.kind === 'append') tree.set(path, Buffer.concat([content, otherContent]));
    }
    return tree;
  });
