import { basePath, environmentFor, programsBelow } from '../definitions/meaning/environment.js';
import type { Chunk } from '../definitions/model.js';
import { MAX_JOBS } from '../project/evaluate/answers.js';
import type { EvaluatedElement } from '../project/evaluate/element.js';
import type { Comparison } from './comparison.js';

/** What ybd sets otherwise, or not at all, without an influence that MIGRATION.md does not tell of. */
const setByBuildStream: readonly string[] = ['SOURCE_DATE_EPOCH', 'V', 'JOBS', 'NINJAJOBS'];

/** Compares the environment that a chunk's commands run in, and the folders that they count on. */
export function compareEnvironment(chunk: Chunk, element: EvaluatedElement, comparison: Comparison): void {
  const { findings, architecture } = comparison;
  const wanted = new Map([
    ...environmentFor(architecture),
    ['PREFIX', chunk.prefix?.text ?? '/usr'],
    ['DESTDIR', element.variables.get('install-root') ?? ''],
    ['MAKEFLAGS', `-j${chunk.maxJobs?.text ?? MAX_JOBS}`],
    ['PATH', pathFor(chunk, comparison)],
  ]);
  const definition = (name: string) =>
    ({ PREFIX: chunk.prefix?.at, MAKEFLAGS: chunk.maxJobs?.at })[name] ?? chunk.at;
  for (const [name, value] of wanted) {
    const found = element.environment.get(name);
    const isSame = name === 'PATH' ? samePath(found?.text, value) : found?.text === value;
    if (isSame) continue;
    const message = found ? `${name} has another value` : `${name} is not set`;
    findings.different('environment', element.path, message, {
      wanted: value,
      found: found?.text,
      definition: definition(name),
      project: found?.at ?? element.at,
    });
  }
  for (const [name, { text, at }] of element.environment) {
    if (wanted.has(name)) continue;
    if (setByBuildStream.includes(name) && at.file.path.startsWith('(')) {
      findings.deliberate('environment', `BuildStream sets ${name}`, element.path);
      continue;
    }
    findings.different('environment', element.path, `${name} is set, which the definitions do not`, {
      found: text,
      definition: chunk.at,
      project: at,
    });
  }
  compareFolders(chunk, element, comparison);
}

/** The folders of programs below the prefixes of what is staged, and of the chunk itself, come first; in any order. */
function pathFor(chunk: Chunk, { plan, staging }: Comparison): string {
  const isOwn = ({ stratum }: Chunk) => stratum === chunk.stratum;
  const staged = [...staging.of(chunk).chunks, chunk].filter(
    (each) => isOwn(each) || !plan.base.some(({ path }) => path === each.stratum),
  );
  const prefixes = new Set(staged.flatMap(({ prefix }) => prefix?.text ?? []));
  prefixes.delete('/usr');
  return [...[...prefixes].sort().map(programsBelow), ...basePath].join(':');
}

function samePath(found: string | undefined, wanted: string): boolean {
  if (found === undefined) return false;
  const [a, b] = [found.split(':'), wanted.split(':')];
  const split = Math.max(0, b.length - basePath.length);
  const first = (all: readonly string[]) => all.slice(0, split).sort().join(':');
  const rest = (all: readonly string[]) => all.slice(split).join(':');
  return a.length === b.length && first(a) === first(b) && rest(a) === rest(b);
}

/** ybd builds in `/<name>.build` and installs to `/<name>.inst`; some commands say so. */
function compareFolders(
  chunk: Chunk,
  element: EvaluatedElement,
  { plan, staging, findings }: Comparison,
): void {
  const commands = [...chunk.commands.values()].flat();
  for (const [variable, folder] of [
    ['build-root', `/${chunk.name}.build`],
    ['install-root', `/${chunk.name}.inst`],
  ] as const) {
    const naming = commands.find(({ text }) => text.includes(folder));
    const found = element.variables.get(variable);
    if (!naming || found === folder) continue;
    findings.different(
      'environment',
      element.path,
      `commands name ${folder}, but ${variable} is another folder`,
      {
        wanted: folder,
        found,
        definition: naming.at,
        project: element.variables.node.entries.get(variable)?.at,
      },
    );
  }
  // The bootstrap finds its root by going up from where it builds.
  const isInBase = plan.base.includes(staging.stratumOf(chunk));
  const root = element.variables.get('build-root') ?? '';
  if (isInBase && !/^\/[^/]+$/.test(root)) {
    findings.different(
      'environment',
      element.path,
      'build-root is not a folder of the root, as the bootstrap needs it',
      {
        found: root,
        definition: chunk.at,
        project: element.variables.node.entries.get('build-root')?.at,
      },
    );
  }
}
