import * as z from 'zod/mini';
import { steps } from './steps.js';

/** Text that YAML 1.1 may take for a number, a boolean or a date (`unpetrify-ref: 0.30`). */
const text = z.union([z.string(), z.number(), z.boolean()]);
/** Text without which the mapping that it stands in would mean nothing. */
const filledText = z.union([z.string().check(z.minLength(1)), z.number(), z.boolean()]);
const optionalText = z.optional(z.nullable(text));
/** Some trees write their description as a list of paragraphs. */
const description = z.optional(z.nullable(z.union([text, z.array(text)])));
const commands = z.optional(z.nullable(z.array(text)));
const textList = z.optional(z.nullable(z.array(text)));
const wholeNumber = z.union([z.number(), z.string()]);

const products = z.optional(z.nullable(z.array(z.looseObject({ artifact: filledText, include: textList }))));

const submodules = z.optional(z.nullable(z.record(z.string(), z.looseObject({ url: filledText }))));

const device = z.looseObject({
  type: text,
  filename: text,
  major: wholeNumber,
  minor: wholeNumber,
  uid: wholeNumber,
  gid: wholeNumber,
  permissions: text,
});

const commandLists = Object.fromEntries(steps.map((step) => [step, commands]));

/** What a chunk may say in its own file as well as in its entry of a stratum: ybd merges the two. */
const chunkFields = {
  name: optionalText,
  description,
  'build-system': optionalText,
  'build-mode': optionalText,
  prefix: optionalText,
  'max-jobs': z.optional(z.nullable(wholeNumber)),
  ...commandLists,
  devices: z.optional(z.nullable(z.array(device))),
  products,
  'system-integration': z.optional(
    z.nullable(z.record(z.string(), z.nullable(z.record(z.string(), z.nullable(z.array(text)))))),
  ),
  repo: optionalText,
  ref: optionalText,
  sha: optionalText,
  'unpetrify-ref': optionalText,
  submodules,
};

/** A reference to another definition; `repo` and `ref` are of the oldest trees and mean nothing any more. */
const reference = {
  morph: optionalText,
  name: optionalText,
  repo: optionalText,
  ref: optionalText,
};

const chunk = z.looseObject({ kind: optionalText, ...chunkFields });

const chunkEntry = z.looseObject({
  ...chunkFields,
  morph: optionalText,
  'build-depends': textList,
  artifacts: z.optional(z.nullable(z.record(z.string(), text))),
});

const stratum = z.looseObject({
  name: optionalText,
  kind: text,
  description,
  'build-depends': z.optional(z.nullable(z.array(z.union([text, z.looseObject(reference)])))),
  products,
  chunks: z.optional(z.nullable(z.array(chunkEntry))),
});

const system = z.looseObject({
  name: optionalText,
  kind: text,
  description,
  arch: text,
  strata: z.optional(z.nullable(z.array(z.looseObject({ ...reference, artifacts: textList })))),
  'configuration-extensions': textList,
});

const variables = z.nullable(z.record(z.string(), z.unknown()));
const deployments = z.optional(z.nullable(z.record(z.string(), variables)));

/** A system or subsystem of a cluster. */
export interface SubsystemShape {
  readonly morph?: z.infer<typeof optionalText>;
  readonly deploy?: z.infer<typeof deployments>;
  readonly 'deploy-defaults'?: Record<string, unknown> | null | undefined;
  readonly subsystems?: SubsystemShape[] | null | undefined;
}

const subsystemFields = {
  ...reference,
  deploy: deployments,
  'deploy-defaults': z.optional(variables),
  subsystems: z.optional(z.nullable(z.array(z.lazy((): z.ZodMiniType<SubsystemShape> => subsystem)))),
};
const subsystem = z.looseObject(subsystemFields);

const cluster = z.looseObject({
  name: optionalText,
  kind: text,
  description,
  systems: z.optional(z.nullable(z.array(subsystem))),
});

const buildSystem = z.looseObject({ indicators: textList, ...commandLists });

const splitRules = z.looseObject({ chunk: products, stratum: products });

const defaults = z.looseObject({
  'build-systems': z.optional(z.nullable(z.record(z.string(), z.nullable(buildSystem)))),
  'split-rules': z.optional(z.nullable(splitRules)),
});

const version = z.looseObject({ version: wholeNumber });

/** One schema for each kind of definition, and for the two special files. Fields no schema names are reported. */
export const schemas = {
  chunk,
  stratum,
  system,
  cluster,
  defaults,
  version,
} as const;

/** The kinds of definition that `kind:` can name. */
export type Kind = 'chunk' | 'stratum' | 'system' | 'cluster';

/** What a file of each kind looks like once its schema has accepted it. */
export type Shape<K extends keyof typeof schemas> = z.infer<(typeof schemas)[K]>;

/** A chunk as its own file or its entry in a stratum has it. */
export type ChunkShape = z.infer<typeof chunk> & { [step: string]: unknown };
/** A chunk's entry in a stratum. */
export type ChunkEntryShape = z.infer<typeof chunkEntry> & {
  [step: string]: unknown;
};
/** Rules for artifacts, of a chunk, a stratum or DEFAULTS. */
export type ProductsShape = z.infer<typeof products>;

/** The fields that each mapping of the format knows, for those mappings whose unknown fields are reported. */
export const knownFields = {
  chunk: Object.keys(chunk.shape),
  'chunk entry': Object.keys(chunkEntry.shape),
  stratum: Object.keys(stratum.shape),
  'stratum reference': Object.keys(reference),
  'stratum of a system': [...Object.keys(reference), 'artifacts'],
  system: Object.keys(system.shape),
  cluster: Object.keys(cluster.shape),
  'system of a cluster': Object.keys(subsystemFields),
  'build system': Object.keys(buildSystem.shape),
  DEFAULTS: Object.keys(defaults.shape),
  'split rules': Object.keys(splitRules.shape),
  VERSION: Object.keys(version.shape),
  product: ['artifact', 'include'],
  device: Object.keys(device.shape),
  submodule: ['url'],
} as const;

/** Which mappings stand in which fields of other mappings: in each item of a list, or under each key. */
export const nestedMappings: {
  readonly [M in keyof typeof knownFields]?: Readonly<Record<string, keyof typeof knownFields>>;
} = {
  chunk: { products: 'product', devices: 'device', submodules: 'submodule' },
  'chunk entry': {
    products: 'product',
    devices: 'device',
    submodules: 'submodule',
  },
  stratum: {
    'build-depends': 'stratum reference',
    products: 'product',
    chunks: 'chunk entry',
  },
  system: { strata: 'stratum of a system' },
  cluster: { systems: 'system of a cluster' },
  'system of a cluster': { subsystems: 'system of a cluster' },
  DEFAULTS: { 'build-systems': 'build system' },
  'split rules': { chunk: 'product', stratum: 'product' },
};

/** Which fields of mappings are themselves a mapping of the format. */
export const innerMappings: {
  readonly [M in keyof typeof knownFields]?: Readonly<Record<string, keyof typeof knownFields>>;
} = {
  DEFAULTS: { 'split-rules': 'split rules' },
};

/** A mapping of the format that has a fixed set of fields. */
export type MappingName = keyof typeof knownFields;
