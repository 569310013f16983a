// Bundles the library and the command, with the packages that they use, into few files, so that starting them takes
// little time: `dist/index.js`, `dist/memory.js` and what these share, `dist/cli/program.cjs` and what starts it. Types
// are the compiler's business.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Modules that read their values from files when they run from the sources; a bundle has the values in it. */
const known = {
  'src/version.ts': () => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
    return `export const version = ${JSON.stringify(version)}; export const build = ${JSON.stringify(buildId())};`;
  },
  'src/templates/read-templates.ts': () => {
    const folder = `${root}src/templates/`;
    const parts = {};
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const [part, ...names] = relative(folder, join(entry.parentPath, entry.name)).split('/');
      if (!entry.isFile() || names.length === 0) continue;
      const content = readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8');
      parts[part] ??= [];
      parts[part].push([
        names.join('/'),
        { content, ...(content.startsWith('#!') ? { executable: true } : {}) },
      ]);
    }
    return `const parts = ${JSON.stringify(parts)};
      export const readTemplates = (part) => new Map(parts[part]);`;
  },
};

/** The rules of ybd, compiled by the very modules that would compile them in a run. */
const rulesModule = await rolldown({
  cwd: root,
  input: 'rules',
  platform: 'node',
  plugins: [
    {
      name: 'rules',
      resolveId: (id) => (id === 'rules' ? id : null),
      load: (id) =>
        id === 'rules'
          ? `import { builtInSplitRules } from ${JSON.stringify(`${root}src/definitions/built-in-defaults.ts`)};
            import { allCompiled, compiledRules } from ${JSON.stringify(`${root}src/split-rules/compiled-rules.ts`)};
            compiledRules(builtInSplitRules.chunk.map(([artifact, include]) => ({ artifact, include })));
            export const ready = allCompiled();`
          : null,
    },
  ],
});
const [rules] = (await rulesModule.generate({ format: 'esm' })).output;
const { ready } = await import(`data:text/javascript,${encodeURIComponent(rules.code)}`);
known['src/split-rules/ready-rules.ts'] = () => `export const ready = ${JSON.stringify(ready)};`;

/** Puts these values in. */
const withValues = replaced('known-values', known);

/** A script cannot import modules: what starts it hands it a function that does. */
const withImport = replaced('import', {
  'src/config/import-module.ts': () => 'export const importModule = (url) => __import(url);',
});

/** Replaces modules by others of which the text is made. */
function replaced(name, modules) {
  const load = (id) => {
    const code = modules[id.slice(root.length)]?.();
    return code === undefined ? null : { code, moduleType: 'js' };
  };
  return { name, load };
}

/** Bundles modules, with the packages that they use, into few files. */
async function bundle(input, options, plugins = []) {
  const bundled = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    // The build of it that is modules, of which only what is used gets in.
    resolve: { alias: { yaml: `${root}node_modules/yaml/browser/index.js` } },
    plugins: [withValues, ...plugins],
  });
  const { output } = await bundled.write({ comments: false, ...options });
  return output;
}

const output = [
  ...(await bundle(
    { index: 'src/index.ts', memory: 'src/memory.ts' },
    { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
  )),
  ...(await bundle(
    'src/cli/index.ts',
    { file: 'dist/cli/program.cjs', format: 'cjs', codeSplitting: false },
    [withImport],
  )),
  ...(await bundle('src/cli/start.ts', { file: 'dist/cli/start.js', format: 'esm' })),
];
// In ASCII, which is read fastest, and takes half of the memory.
const program = `${root}dist/cli/program.cjs`;
const code = readFileSync(program, 'utf8');
if (/(?<![.\w])import\(/.test(code)) throw new Error('something else than a configuration is imported');
const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
writeFileSync(program, code.replace(/[^\0-\x7f]/g, escaped));

writeFileSync(`${root}dist/LICENSES.txt`, licences(output));

// The forms of the two JSON files, for editors and for what reads reports; and the manual page.
for (const [file, input, make] of [
  ['config.schema.json', 'src/config/schema.ts', 'configJsonSchema'],
  ['report.schema.json', 'src/report/schema.ts', 'reportJsonSchema'],
  ['baserock2bst.1', 'src/cli/man-page.ts', 'renderManPage'],
]) {
  const maker = await rolldown({ cwd: root, input, platform: 'node', plugins: [withValues] });
  const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-build-'));
  await maker.write({ dir: folder, format: 'esm', entryFileNames: 'entry.mjs' });
  const made = (await import(`${folder}/entry.mjs`))[make]();
  rmSync(folder, { recursive: true });
  writeFileSync(
    `${root}dist/${file}`,
    typeof made === 'string' ? made : `${JSON.stringify(made, null, 2)}\n`,
  );
}

/** A digest of all that the bundle is made of. */
function buildId() {
  const hash = createHash('sha256');
  for (const name of ['package-lock.json', 'package.json', 'tsconfig.json', '.bundle.js']) {
    hash.update(readFileSync(`${root}${name}`));
  }
  const entries = readdirSync(`${root}src`, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) hash.update(relative(root, path)).update(readFileSync(path));
  return hash.digest('hex');
}

/** The licences of the packages that are in the bundle: they ask for it. */
function licences(chunks) {
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
  const packages = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(id) ?? []));
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      return `${name} ${version} (${license})\n\n${file ? readFileSync(folder + file, 'utf8').trim() : ''}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
