import type { Chunk, Stratum } from '../definitions/model.js';
import type { Dependency, Element } from '../project/model.js';
import { convertChunk } from './chunk.js';
import type { Context } from './context.js';
import { bootstrapElement, escapeName } from './names.js';
import { originOf, restOfFile } from './origins.js';
import { baseElement, isBootstrapped } from './replacements.js';
import { reachable } from './walk.js';

/** The folder that ybd unpacks sources in is one below the root; commands of the bootstrap find the root by that. */
const buildRoot = '/build';

/** The imported root file system whose compiler builds the first stages. */
const sysrootElement = 'base/sysroot.bst';

/**
 * Chunks whose files in the places of the running system would displace those of the sysroot: the loader, its folders
 * and its configuration. Beside the sysroot a copy without them is staged.
 */
const displacing: readonly string[] = ['stage2-glibc'];
const displaced: readonly string[] = ['/etc', '/etc/**', '/lib', '/lib/**', '/lib64', '/lib64/**'];

/**
 * The stratum that bootstraps the toolchain, as elements below `base/`. Chunks in bootstrap mode are built with the
 * sysroot, the others without. What a chunk needs, and what that needs, is staged, but never across the two modes, unless
 * the chunk itself names it (ybd: `install_dependencies`): so all of it is listed. `base.bst` is what the other strata
 * see: the chunks that are not in bootstrap mode.
 */
export function convertBootstrap(strata: readonly Stratum[], context: Context): Element[] {
  if (context.options.base !== 'bootstrap') return [];
  const replaced = strata.filter((stratum) => isBootstrapped(stratum, context.options));
  const chunks = replaced.flatMap((stratum) => stratum.chunks.map((chunk) => ({ chunk, stratum })));
  return [
    {
      kind: 'stack',
      path: baseElement,
      from: replaced.map(({ at }) => restOfFile(at, context.definitions)),
      header: [' The base of every build: the last stage of the bootstrap.'],
      dependencies: chunks
        .filter(({ chunk }) => !chunk.bootstrap)
        .map(({ chunk }) => ({ element: bootstrapElement(chunk), type: 'all', from: originOf(chunk.at) })),
      public: {
        integrationCommands: [
          {
            text: 'if [ -e /etc/ld.so.conf ]; then ldconfig; fi',
            comments: [' ybd runs ldconfig before every build and in every system.'],
          },
        ],
      },
    },
    ...chunks.flatMap(({ chunk, stratum }) => convertStage(chunk, stratum, context)),
  ];
}

function convertStage(chunk: Chunk, stratum: Stratum, context: Context): Element[] {
  const element = convertChunk(chunk, stratum, context);
  const isDisplacing = displacing.includes(chunk.name);
  const converted: Element = {
    ...element,
    path: bootstrapElement(chunk),
    ...(chunk.bootstrap ? {} : { isWhole: true }),
    dependencies: dependenciesOf(chunk),
    variables: new Map([['build-root', buildRoot], ...(element.variables ?? [])]),
    public: {
      ...element.public,
      // Systems hold all of the base: domains of its own would let parts of it be left out.
      splitRules: isDisplacing ? new Map([['displacing', displaced]]) : new Map(),
    },
  };
  if (!isDisplacing) return [converted];
  const beside: Element = {
    kind: 'compose',
    path: besideSysroot(chunk),
    ...(element.from ? { from: element.from } : {}),
    description: `${chunk.name} without what would displace the loader of the sysroot.`,
    dependencies: [{ element: bootstrapElement(chunk), type: 'build' }],
    integrate: false,
    include: [],
    exclude: ['displacing'],
    includeOrphans: true,
  };
  return [converted, beside];
}

function dependenciesOf(chunk: Chunk): Dependency[] {
  const siblings = neededBy(chunk).map((sibling): Dependency => {
    const isBeside = chunk.bootstrap && displacing.includes(sibling.name);
    return {
      element: isBeside ? besideSysroot(sibling) : bootstrapElement(sibling),
      type: 'build',
      from: originOf(chunk.buildDependNames.find(({ text }) => text === sibling.name)?.at),
    };
  });
  return chunk.bootstrap ? [{ element: sysrootElement, type: 'build' }, ...siblings] : siblings;
}

/** What a chunk names, and what that needs in turn as far as it is in the same mode. */
function neededBy(chunk: Chunk): Chunk[] {
  const isAlike = ({ bootstrap }: Chunk) => bootstrap === chunk.bootstrap;
  const named = new Set(chunk.buildDepends);
  const further = reachable(chunk, (each) => each.buildDepends.filter(isAlike));
  return [...named, ...[...further].filter((each) => !named.has(each))];
}

function besideSysroot(chunk: Chunk): string {
  return `base/${escapeName(chunk.name)}-beside-sysroot.bst`;
}
