import type { Chunk, Stratum } from '../definitions/model.js';
import type { BuildElement, CommandChange, CommentedText, Dependency, Element } from '../project/model.js';
import { displaced, displaces, stagedFor } from './bootstrap-staging.js';
import { convertChunk } from './chunk.js';
import type { Context } from './context.js';
import { bootstrapElement, escapeName } from './names.js';
import { originOf, restOfFile } from './origins.js';
import { baseElement, isBootstrapped } from './replacements.js';

/** The folder that ybd unpacks sources in is one below the root; commands of the bootstrap find the root by that. */
const buildRoot = '/build';

/** The imported root file system whose compiler builds the first stages. */
const sysrootElement = 'base/sysroot.bst';

/** Runs ldconfig before what it is staged for, and holds nothing. */
export const ldconfigElement = 'base/ldconfig.bst';

/** What is done after a chunk's own installation, because its build looks at the machine that it runs on. */
const corrections: ReadonlyMap<string, CommentedText> = new Map([
  [
    'stage2-gcc',
    {
      text: `find "$DESTDIR$PREFIX/lib/gcc" -path '*/include-fixed/*' -type f ! -name limits.h ! -name syslimits.h ! -name README -exec rm {} +`,
      comments: [
        ' Not in the definitions: copies of headers of the sysroot, which gcc makes where it finds',
        ' something to fix in them, would come before the headers of stage 3.',
      ],
    },
  ],
]);

/**
 * The stratum that bootstraps the toolchain, as elements below `base/`. Chunks in bootstrap mode are built with the
 * sysroot, the others with nothing of it. `base.bst` is what the other strata see: the chunks that are not in bootstrap
 * mode.
 */
export function convertBootstrap(strata: readonly Stratum[], context: Context): Element[] {
  if (context.options.base !== 'bootstrap') return [];
  const replaced = strata.filter((stratum) => isBootstrapped(stratum, context.options));
  for (const stratum of replaced) reportStrata(stratum, context);
  const chunks = replaced.flatMap((stratum) => stratum.chunks.map((chunk) => ({ chunk, stratum })));
  return [
    {
      kind: 'stack',
      path: baseElement,
      from: replaced.map(({ at }) => restOfFile(at, context.definitions)),
      header: [' The base of every build: the last stage of the bootstrap.'],
      dependencies: [
        ...chunks
          .filter(({ chunk }) => !chunk.bootstrap)
          .map(
            ({ chunk }): Dependency => ({
              element: bootstrapElement(chunk),
              type: 'all',
              from: originOf(chunk.at),
            }),
          ),
        { element: ldconfigElement, type: 'all' },
      ],
    },
    {
      kind: 'stack',
      path: ldconfigElement,
      header: [
        ' ybd runs ldconfig before every build and in every system, where the C library is installed.',
      ],
      dependencies: [],
      public: {
        integrationCommands: [
          {
            text: 'if [ -e /etc/ld.so.conf ] && command -v ldconfig >/dev/null; then ldconfig; fi',
          },
        ],
      },
    },
    ...chunks.flatMap(({ chunk, stratum }) => convertStage(chunk, stratum, context)),
  ];
}

/** What the stratum is built on would have to be staged for chunks that the rest is built on in turn. */
function reportStrata({ name, buildDepends }: Stratum, { report }: Context): void {
  const [first] = buildDepends;
  if (!first) return;
  const names = buildDepends.map(({ stratum }) => stratum.name).join(', ');
  report('bootstrap-needs-strata', first.at, `the chunks of \`${name}\` are built without ${names}`);
}

function convertStage(chunk: Chunk, stratum: Stratum, context: Context): Element[] {
  const element = convertChunk(chunk, stratum, context);
  const isDisplacing = displaces(chunk, stratum);
  const converted: Element = {
    ...element,
    path: bootstrapElement(chunk),
    ...(chunk.bootstrap ? {} : { isWhole: true }),
    dependencies: dependenciesOf(chunk, stratum),
    variables: new Map([['build-root', buildRoot], ...(element.variables ?? [])]),
    commands: corrected(chunk, element.commands),
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

function corrected(chunk: Chunk, commands: BuildElement['commands']): BuildElement['commands'] {
  const correction = corrections.get(chunk.name);
  if (!correction) return commands;
  const install = commands.get('install');
  const change: CommandChange =
    install && 'replace' in install
      ? { ...install, replace: [...install.replace, correction] }
      : { before: [], ...install, after: [...(install?.after ?? []), correction] };
  return new Map([...commands, ['install', change]]);
}

function dependenciesOf(chunk: Chunk, stratum: Stratum): Dependency[] {
  const siblings = stagedFor(chunk).map((sibling): Dependency => {
    const isBeside = chunk.bootstrap && displaces(sibling, stratum);
    return {
      element: isBeside ? besideSysroot(sibling) : bootstrapElement(sibling),
      type: 'build',
      from: originOf(chunk.buildDependNames.find(({ text }) => text === sibling.name)?.at),
    };
  });
  return [{ element: chunk.bootstrap ? sysrootElement : ldconfigElement, type: 'build' }, ...siblings];
}

function besideSysroot(chunk: Chunk): string {
  return `base/${escapeName(chunk.name)}-beside-sysroot.bst`;
}
