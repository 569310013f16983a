import * as z from 'zod/mini';
import { steps } from '../definitions/steps.js';
import { buildStreamVersions } from '../project/dialects.js';
import type { Config } from './config.js';

/** A field with a sentence about it, which the JSON schema shows. */
function described<T extends z.ZodMiniType>(type: T, description: string) {
  z.globalRegistry.add(type, { description });
  return z.optional(type);
}

const texts = () => z.array(z.string());
const byName = () => z.record(z.string(), z.string());
const byChunk = "by the chunk's name or <stratum path>/<name>";

const otherSource = z.strictObject({
  kind: described(z.enum(['git', 'tar']), 'git unless this says otherwise'),
  url: z.string(),
  ref: described(z.string(), 'the commit, or the SHA-256 of the archive'),
  track: described(z.string(), 'the branch or tag that `bst source track` follows'),
});

const buildSystem = z.strictObject({
  ...Object.fromEntries(steps.map((step) => [step, z.optional(texts())])),
  indicators: described(texts(), 'files by which sources are known to be built so'),
});

const writeType = z.strictObject({
  form: z.union([z.enum(['disk-image', 'tar', 'initramfs', 'tree']), z.strictObject({ commands: texts() })]),
  what: z.string().register(z.globalRegistry, { description: 'what it is, in a message: "a disk image"' }),
  transfer: described(z.string(), 'how to bring it to its host, which is left to a person'),
  unsupported: described(z.string(), 'why the form is another one than the extension’s, and what to do'),
});

/** What baserock2bst.config.json may say. In a JavaScript file there can be `rules` besides. */
export const configSchema = z.strictObject({
  $schema: z.optional(z.string()),
  name: described(z.string(), 'name of the project'),
  systems: described(texts(), 'only these systems or clusters, and what they need'),
  buildstream: described(z.literal(buildStreamVersions), 'version of BuildStream to write for'),
  aliases: described(byName(), 'URLs of aliases of repositories'),
  buildSystems: described(byName(), `build systems of chunks that name none, ${byChunk}`),
  ownBuildSystems: described(
    z.record(z.string(), buildSystem),
    'build systems in addition to those of DEFAULTS, or in their place, in the same form',
  ),
  ownWriteTypes: described(
    z.record(z.string(), writeType),
    'write extensions in addition to those that are known, or in their place, by the name that `type` has',
  ),
  chunkRefs: described(byName(), `other commits, ${byChunk}`),
  sources: described(z.record(z.string(), otherSource), `sources from elsewhere, ${byChunk}`),
  integration: described(z.enum(['guarded', 'everywhere', 'system']), 'where system integration commands go'),
  base: described(z.string(), 'sysroot, bootstrap, none or a folder: what stands in for build-essential'),
  baseStrata: described(texts(), 'the strata that it stands in for'),
  baseExtra: described(texts(), 'Debian packages to add to the sysroot'),
  sysroot: described(z.string(), 'tar=URL, local=FOLDER, ostree=URL or docker=IMAGE'),
  sysrootRef: described(z.string(), 'the version of that'),
  sysrootTrack: described(z.string(), 'its branch or tag'),
  rebase: described(byName(), 'elements that stand in for strata, by the path of the stratum'),
  artifactCaches: described(texts(), 'URLs of servers that have artifacts ready-made'),
  remoteExecution: described(z.string(), 'URL of a server that builds'),
  manifest: described(z.boolean(), 'put a manifest of its contents into each system'),
  keepGoing: described(z.boolean(), 'leave out what has errors, and what needs it'),
});

/** The schema and the type have the same fields; `rules` are no matter of the schema. */
export const configFields = configSchema.shape satisfies Record<
  Exclude<keyof Config, 'rules'> | '$schema',
  z.ZodMiniType
>;

/** The JSON schema of baserock2bst.config.json. */
export function configJsonSchema(): object {
  return { ...z.toJSONSchema(configSchema, { target: 'draft-7' }), title: 'baserock2bst.config.json' };
}
