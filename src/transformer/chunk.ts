import type { Chunk, Stratum } from '../definitions/model.js';
import type { Step } from '../definitions/steps.js';
import { wholeFile } from '../diagnostics/place.js';
import {
  type BuildElement,
  type CommandChange,
  type CommandKind,
  commandKinds,
  type Dependency,
  type ElementPart,
} from '../project/model.js';
import type { Origin } from '../project/origin.js';
import { chooseBuildSystem } from './build-systems.js';
import { chunkSettings } from './chunk-settings.js';
import { commandChange, stepsOfKind } from './commands.js';
import type { Context } from './context.js';
import { checkIntegrationArtifacts, chunkIntegration } from './integration.js';
import { buildDepsElement, chunkElement } from './names.js';
import { originOf, originsOf, restOfFile, spanOf } from './origins.js';
import { convertSource, sourceFields } from './sources.js';

/** A chunk as a build element. */
export function convertChunk(chunk: Chunk, stratum: Stratum, context: Context): BuildElement {
  const source = convertSource(chunk, context);
  const buildSystem = chooseBuildSystem(chunk, context);
  const preset = context.definitions.defaults.buildSystems.get(buildSystem)?.commands ?? new Map();
  const commands = new Map<CommandKind, CommandChange>();
  for (const kind of commandKinds) {
    const change = commandChange(chunk, preset, kind);
    if (change) commands.set(kind, change);
  }
  const settings = chunkSettings(chunk, stratum);
  const splitRuleOrigins = context.splitting.originsOf(chunk);
  checkIntegrationArtifacts(chunk, context);
  reportUnconverted(chunk, context);
  return {
    kind: 'build',
    path: chunkElement(chunk),
    from: wholeOf(chunk, context),
    origins: originsOf<ElementPart>([
      ['kind', originOf(chunk.buildSystem?.at)],
      ['description', originOf(chunk.descriptionAt)],
      ...settings.origins,
      ...splitRuleOrigins.map(([domain, from]) => [`split-rules.${domain}`, from] as const),
    ]),
    header: headerOf(chunk, commands),
    description: chunk.description,
    dependencies: dependenciesOf(chunk, stratum),
    buildSystem,
    sources: source ? [source] : [],
    variables: settings.variables,
    environment: settings.environment,
    commands,
    public: {
      integrationCommands: chunkIntegration(chunk, context),
      splitRules: context.splitting.splitRules(chunk),
    },
  };
}

/** Comments that speak of the chunk as a whole, or of a field that has no place of its own in the element. */
function headerOf(chunk: Chunk, commands: BuildElement['commands']): string[] {
  const emptied = new Set(
    commandKinds.filter((kind) => (commands.get(kind)?.comments?.length ?? 0) > 0).flatMap(stepsOfKind),
  );
  const isElsewhere = (field: string) =>
    sourceFields.includes(field) ||
    (chunk.commands.get(field as Step)?.length ?? 0) > 0 ||
    emptied.has(field as Step);
  return [...chunk.comments].flatMap(([field, texts]) => (isElsewhere(field) ? [] : texts));
}

/** Siblings for building and running, so that theirs follow; everything below the stratum for building only. */
function dependenciesOf(chunk: Chunk, stratum: Stratum): Dependency[] {
  const siblings = chunk.buildDepends.map(
    (sibling): Dependency => ({
      element: chunkElement(sibling),
      type: 'all',
      from: originOf(chunk.buildDependNames.find(({ text }) => text === sibling.name)?.at),
    }),
  );
  if (stratum.buildDepends.length === 0) return siblings;
  const from = spanOf(stratum.buildDepends.map(({ at }) => at));
  return [...siblings, { element: buildDepsElement(stratum), type: 'build', from }];
}

/** Its entry in the stratum, and its own file. */
function wholeOf({ at, file }: Chunk, { definitions }: Context): Origin[] {
  const entry = originOf(at)!;
  return file === undefined ? [entry] : [entry, restOfFile(wholeFile(file), definitions)];
}

function reportUnconverted(chunk: Chunk, { splitting, report }: Context): void {
  const [device] = chunk.devices;
  if (device) {
    const names = chunk.devices.map(({ filename }) => filename).join(', ');
    report(
      'device-nodes',
      device.at,
      `\`${chunk.name}\` declares device nodes, which only deployments make: ${names}`,
    );
  }
  splitting.domains.reportChunk(chunk, report);
}
