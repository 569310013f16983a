import type { knownFields, MappingName } from '../definitions/schema.js';
import type { Code } from '../diagnostics/catalogue.js';

/** What becomes of a field of the definitions. */
export type FieldRule =
  /** It has an exact counterpart. */
  | { readonly becomes: string }
  /** It deliberately has no effect. */
  | { readonly ignored: string }
  /** It has no counterpart, or only sometimes: what is lost is reported, with one of these codes. */
  | { readonly reported: readonly Code[]; readonly becomes?: string };

type Field<M extends MappingName> = (typeof knownFields)[M][number];

const commands: FieldRule = {
  becomes: 'lists under `config:`, verbatim; `pre-` and `post-` as `(<)` and `(>)` on what is inherited',
};
const testCommands: FieldRule = { becomes: 'after the build commands, when ybd runs them' };
const name: FieldRule = { becomes: 'the name of the element' };
const description: FieldRule = { becomes: '`description`' };
const oldReference: FieldRule = {
  ignored: 'left over from when definitions were spread over repositories: one tree is one version',
};
const rulesOfChunks: FieldRule = {
  becomes: '`split-rules` of the element',
  reported: ['approximate-split-rule', 'overlapping-split-rules'],
};
const deviceNode: FieldRule = {
  becomes: 'a line in the list of modes of deployments',
  reported: ['device-nodes'],
};
const rulesOfStrata: FieldRule = { becomes: 'what a system holds that selects artifacts of the stratum' };

const ofChunks = {
  description,
  'build-system': { becomes: 'the kind of the element, or an include of `include/build-systems/`' },
  'build-mode': { becomes: 'where it says `bootstrap`, the stratum is what the base stands in for' },
  prefix: { becomes: 'the variable `prefix`; its `bin` in PATH of everything built on it' },
  'max-jobs': { becomes: '`notparallel` for 1, else MAKEFLAGS' },
  'pre-configure-commands': commands,
  'configure-commands': commands,
  'post-configure-commands': commands,
  'pre-build-commands': commands,
  'build-commands': commands,
  'post-build-commands': commands,
  'pre-test-commands': testCommands,
  'test-commands': testCommands,
  'post-test-commands': testCommands,
  'pre-install-commands': commands,
  'install-commands': commands,
  'post-install-commands': commands,
  'pre-strip-commands': commands,
  'strip-commands': commands,
  'post-strip-commands': commands,
  devices: deviceNode,
  products: rulesOfChunks,
  'system-integration': {
    becomes: '`integration-commands` in the public `bst` domain, guarded by `%{system-only}`',
    reported: ['unknown-artifact', 'unselected-integration', 'integration-order'],
  },
  repo: { becomes: '`url` of a git source' },
  ref: { becomes: '`ref` of a git source; `track` for a branch or tag', reported: ['unpinned-ref'] },
  sha: { becomes: '`ref` of a git source, in place of what `ref` says' },
  'unpetrify-ref': {
    becomes: '`track` of a git source, unless its `ref` is a branch or tag itself',
    reported: ['unpinned-ref'],
  },
  submodules: { becomes: '`submodules` of a git source' },
} as const satisfies Partial<Record<Field<'chunk'>, FieldRule>>;

/**
 * What becomes of every field of every mapping of the definitions format. The conversion matrix of MIGRATION.md is
 * made from this table, and tests hold every conversion against it: what it says is converted has to be found in the
 * project, what it says is reported among the diagnostics.
 */
export const fieldRules: Readonly<Record<string, Readonly<Record<string, FieldRule>>>> = {
  VERSION: { version: { becomes: 'how the tree is read' } },
  DEFAULTS: {
    'build-systems': {
      becomes:
        '`elements:` of project.conf where BuildStream has such a plugin, else `include/build-systems/`',
    },
    'split-rules': {
      becomes: '`split-rules` of project.conf; for strata, what systems hold that select artifacts',
      reported: ['approximate-split-rule', 'overlapping-split-rules'],
    },
  },
  'split rules': {
    chunk: {
      becomes: '`split-rules` of project.conf',
      reported: ['approximate-split-rule', 'overlapping-split-rules'],
    },
    stratum: rulesOfStrata,
  },
  'build system': {
    indicators: { becomes: 'what `--sources` looks for in the sources of chunks that name no build system' },
    'pre-configure-commands': commands,
    'configure-commands': commands,
    'post-configure-commands': commands,
    'pre-build-commands': commands,
    'build-commands': commands,
    'post-build-commands': commands,
    'pre-test-commands': testCommands,
    'test-commands': testCommands,
    'post-test-commands': testCommands,
    'pre-install-commands': commands,
    'install-commands': commands,
    'post-install-commands': commands,
    'pre-strip-commands': commands,
    'strip-commands': commands,
    'post-strip-commands': commands,
  },
  chunk: {
    name: { becomes: 'the name of the element, if the stratum’s entry has none' },
    kind: { becomes: 'how the file is read' },
    ...ofChunks,
  },
  'chunk entry': {
    name,
    ...ofChunks,
    morph: { becomes: 'the chunk’s own file', reported: ['missing-chunk-file'] },
    'build-depends': { becomes: '`depends`, so that what these chunks need follows' },
    artifacts: {
      becomes: 'what a system holds that selects artifacts of the stratum',
      reported: ['unknown-assignment', 'base-replaced'],
    },
  },
  stratum: {
    name: { ignored: 'the path names the element' },
    kind: { becomes: 'how the file is read' },
    description,
    'build-depends': { becomes: '`build-deps.bst`, a stack that all chunks of the stratum are built on' },
    products: rulesOfStrata,
    chunks: { becomes: 'elements, and a stack of them' },
  },
  'stratum reference': {
    morph: { becomes: 'a dependency' },
    name: { ignored: 'where there is a `morph`, that says which stratum is meant' },
    repo: oldReference,
    ref: oldReference,
  },
  'stratum of a system': {
    morph: { becomes: 'a dependency', reported: ['empty-selection'] },
    name: { ignored: 'where there is a `morph`, that says which stratum is meant' },
    repo: oldReference,
    ref: oldReference,
    artifacts: {
      becomes: '`include` and `exclude` of the compose element; the part of the base that they come to',
      reported: ['unknown-selection', 'base-artifacts', 'base-part'],
    },
  },
  system: {
    name: { ignored: 'the path names the element' },
    kind: { becomes: 'how the file is read' },
    description,
    arch: { becomes: 'an assertion that the option `arch` has this value', reported: ['foreign-arch'] },
    strata: { becomes: '`build-depends` of a compose element' },
    'configuration-extensions': {
      becomes: 'steps of the script elements that deploy the system',
      reported: ['configuration-extensions', 'missing-extension', 'extension-needs-python2', 'missing-file'],
    },
  },
  cluster: {
    name: { becomes: 'what the description of its elements says' },
    kind: { becomes: 'how the file is read' },
    description: {
      becomes: 'part of the `description` of its elements',
      reported: ['upgrade-only', 'missing-system'],
    },
    systems: { becomes: 'script elements, one for each deployment' },
  },
  'system of a cluster': {
    morph: { becomes: 'a dependency of its deployments', reported: ['missing-system', 'upgrade-only'] },
    name: { ignored: 'where there is a `morph`, that says which system is meant' },
    repo: oldReference,
    ref: oldReference,
    deploy: {
      becomes: 'a script element each; its variables as `variables` and `environment`',
      reported: [
        'deployment',
        'upgrade-only',
        'missing-system',
        'unknown-write-extension',
        'unsupported-write-extension',
        'deployment-transfer',
        'deployment-variable',
      ],
    },
    'deploy-defaults': {
      becomes: 'the same, for all deployments of the system',
      reported: ['deployment', 'upgrade-only', 'deployment-variable'],
    },
    subsystems: {
      becomes: 'script elements of their own, and a step that puts what they make into the system',
      reported: ['mixed-arch-deployment', 'deployment-variable', 'missing-system'],
    },
  },
  product: { artifact: rulesOfChunks, include: rulesOfChunks },
  device: {
    type: deviceNode,
    filename: deviceNode,
    major: deviceNode,
    minor: deviceNode,
    uid: deviceNode,
    gid: deviceNode,
    permissions: deviceNode,
  },
  submodule: { url: { becomes: '`url` of a submodule' } },
} satisfies { readonly [M in MappingName]: Readonly<Record<Field<M>, FieldRule>> };
