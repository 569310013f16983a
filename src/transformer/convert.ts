import { compareBytes } from '../byte-order.js';
import { extensionName } from '../definitions/extension-paths.js';
import type { Chunk, Definitions, System } from '../definitions/model.js';
import {
  collector,
  type Diagnostic,
  hasErrors,
  isFailure,
  sortDiagnostics,
} from '../diagnostics/diagnostic.js';
import type { Element, Project, ProjectFile } from '../project/model.js';
import { readTemplates } from '../templates/read-templates.js';
import { baseFiles, hasSysroot } from './base.js';
import { convertBootstrap } from './bootstrap.js';
import { convertBuildSystems } from './build-systems.js';
import { checkBuildSystems, checkNames } from './check-names.js';
import { type Context, isBase } from './context.js';
import { convertDeployments, sharedElements } from './deployment/convert-deployments.js';
import { planDeployments, withSubsystems } from './deployment/plan.js';
import { reportIntegrationOrder } from './integration-order.js';
import { countLeftOut, findFlawed, isFatal, type LeftOut, nothingLeftOut } from './keep-going.js';
import type { ConvertOptions } from './options.js';
import { addBuildSystems } from './own-build-systems.js';
import { configureProject } from './project-configuration.js';
import { replaceStrata } from './replacements.js';
import { reportRequirements } from './requirements/report-requirements.js';
import { rulesInForce } from './rules.js';
import { reportSameNames } from './same-names.js';
import { choose, type Selection, select } from './selection.js';
import { aliasesOf, reportServers } from './sources.js';
import { Splitting } from './splitting.js';

/** What `convert` returns. */
export interface Conversion {
  readonly project: Project;
  /** What of the definitions was asked for, with what had to be left out of it. */
  readonly asked: Selection;
  /** What converting found, without what reading the definitions found already. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * False where an error leaves the project incomplete, so that it should not be written. With `keepGoing` errors
   * do not, as long as what they concern could be left out.
   */
  readonly isUsable: boolean;
}

/**
 * Converts definitions into a BuildStream project that stages, runs and composes what ybd would have.
 *
 * @param definitions as `loadDefinitions` or `parseDefinitions` return them.
 * @returns the project in memory, for any version of BuildStream, and everything that could not be converted exactly.
 */
export function convert(definitions: Definitions, options: ConvertOptions = {}): Conversion {
  const replacing = collector();
  const replaced = replaceStrata(
    addBuildSystems(definitions, options.ownBuildSystems),
    options,
    replacing.report,
  );
  const { project, asked, diagnostics, isUsable } = convertReplaced(replaced, options);
  const all = sortDiagnostics([...replacing.diagnostics, ...diagnostics]);
  return { project, asked, diagnostics: all, isUsable: isUsable && !hasErrors(replacing.diagnostics) };
}

function convertReplaced(definitions: Definitions, options: ConvertOptions): Conversion {
  const given = definitions.diagnostics.filter(isFailure);
  if (!options.keepGoing) {
    const once = convertOnce(definitions, options, nothingLeftOut);
    return { ...once, isUsable: given.length === 0 && !once.diagnostics.some(isFailure) };
  }
  // What has an error is left out and the rest converted again, until nothing more has to be left out.
  const earlier: Diagnostic[] = [];
  let leftOut = findFlawed(definitions, given);
  for (;;) {
    const { project, asked, diagnostics } = convertOnce(definitions, options, leftOut);
    const found = diagnostics.filter(isFailure);
    const flawed = findFlawed(definitions, [...given, ...earlier, ...found]);
    if (countLeftOut(flawed) === countLeftOut(leftOut)) {
      const isUsable = ![...given, ...found].some(isFatal);
      return { project, asked, diagnostics: sortDiagnostics([...earlier, ...diagnostics]), isUsable };
    }
    for (const error of found) if (!isFatal(error)) earlier.push(error);
    leftOut = flawed;
  }
}

function convertOnce(definitions: Definitions, options: ConvertOptions, leftOut: LeftOut) {
  const { diagnostics, report } = collector();
  const context: Context = {
    definitions,
    options,
    buildSystems: convertBuildSystems(definitions),
    aliases: aliasesOf(options),
    splitting: new Splitting(definitions),
    rules: rulesInForce(options.rules),
    report,
  };
  checkOptions(context);
  checkBuildSystems(context.buildSystems.keys(), report);
  const asked = choose(context);
  const selection = select(asked, leftOut, context);
  const planned = planDeployments(
    selection.clusters,
    (system) => selection.systems.includes(system),
    context,
  );
  const templates = planned.length > 0 ? ['make-sysroot', 'deployment'] : [];
  // The base comes last: one of the person's own may bring a script of its own.
  const files = new Map([
    ...templates.flatMap((part) => [...readTemplates(part)]),
    ...baseFiles(selection.strata, context),
  ]);
  const reserved = [...reservedElements(files), ...sharedElements(planned)];
  checkNames(selection, planned, options, reserved, report);
  const elements = [
    ...convertBootstrap(selection.strata, context),
    ...convertStrata(selection, context),
    ...convertSystems(selection, files, context),
  ];
  const deployments = convertDeployments(planned, context);
  elements.push(...deployments.elements);
  for (const [path, file] of deployments.files) files.set(path, file);
  const deployed = new Set(withSubsystems(planned).map(({ system }) => system));
  reportUndeployed(selection.systems, deployed, context);
  reportRequirements(selection.strata, deployed, context);
  reportSameNames(selection.strata, selection.systems, context);
  reportServers(selection.strata, context);
  context.splitting.reportDefaults(selection.systems, context);
  elements.sort((a, b) => compareBytes(a.path, b.path));
  const project: Project = {
    configuration: configureProject(selection.systems, context),
    buildSystems: [...context.buildSystems.values()],
    elements,
    files,
    ...(planned.length > 0 ? { deploymentTools: { kind: 'made' } } : {}),
    ...(hasSysroot(context) ? { sysroot: options.sysroot ?? { kind: 'made' } } : {}),
  };
  return { project, asked, diagnostics: sortDiagnostics(diagnostics) };
}

function reservedElements(files: ReadonlyMap<string, ProjectFile>): string[] {
  const folder = 'elements/';
  return [...files.keys()].filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
}

function convertStrata({ strata }: Selection, context: Context): Element[] {
  const { rules } = context;
  return strata
    .filter((stratum) => !isBase(stratum))
    .flatMap((stratum) => {
      const buildDepends = rules.buildDepends(stratum, context);
      return [
        rules.stratum(stratum, context),
        ...(buildDepends ? [buildDepends] : []),
        ...stratum.chunks.map((chunk) => rules.chunk(chunk, stratum, context)),
      ];
    });
}

function convertSystems(
  { systems }: Selection,
  files: Map<string, ProjectFile>,
  context: Context,
): Element[] {
  reportForeign(systems, context);
  if (systems.length > 0 && !context.options.manifest) {
    context.report('metadata', undefined, 'systems hold no metadata files of ybd or morph');
  }
  const elements = systems.flatMap((system) => {
    const converted = context.rules.system(system, context);
    for (const [path, file] of converted.files) files.set(path, file);
    return converted.elements;
  });
  if (context.options.integration !== 'system') reportIntegrationOrder(systems, elements, context);
  return elements;
}

function reportForeign(systems: Selection['systems'], { options: { builder }, report }: Context): void {
  if (builder === undefined) return;
  const architectures = new Set(systems.map(({ arch }) => arch.text));
  architectures.delete(builder);
  for (const architecture of [...architectures].sort()) {
    const those = systems.filter(({ arch }) => arch.text === architecture);
    const count = those.length === 1 ? '1 system is' : `${those.length} systems are`;
    const message = `${count} for ${architecture}, and this machine is ${builder}`;
    const paths = those.map(({ path }) => path);
    report('foreign-arch', those[0]!.arch.at, message, undefined, paths);
  }
}

/** Configuration extensions of systems that no converted cluster deploys. */
function reportUndeployed(
  systems: Selection['systems'],
  deployed: ReadonlySet<System>,
  { report }: Context,
): void {
  for (const system of systems) {
    const [extension] = system.configurationExtensions;
    if (!extension || deployed.has(system)) continue;
    const names = system.configurationExtensions.map(({ text }) => extensionName(text)).join(', ');
    const message = `\`${system.name}\` is configured by ${names}, and no cluster that is converted deploys it`;
    report('configuration-extensions', extension.at, message);
  }
}

function checkOptions({ definitions, options, buildSystems, report }: Context): void {
  if (options.name !== undefined && !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(options.name)) {
    report('bad-option', undefined, `\`${options.name}\` cannot be the name of a project`);
  }
  const chunks = definitions.strata.flatMap((stratum) => stratum.chunks);
  const named = (name: string) =>
    chunks.filter((chunk) => [chunk.name, `${chunk.stratum}/${chunk.name}`].includes(name));
  for (const [name, ref] of Object.entries(options.chunkRefs ?? {})) {
    if (named(name).length > 0) continue;
    report('bad-option', undefined, `\`${name}\` is given the ref \`${ref}\`, but there is no such chunk`);
  }
  for (const [name, system] of Object.entries(options.buildSystems ?? {})) {
    const fault = faultOfBuildSystem(named(name), buildSystems.has(system));
    if (fault)
      report('bad-option', undefined, `\`${name}\` is given the build system \`${system}\`, ${fault}`);
  }
  for (const name of Object.keys(options.sources ?? {})) {
    if (named(name).length > 0) continue;
    report('bad-option', undefined, `\`${name}\` is given another source, but there is no such chunk`);
  }
  const { sysroot } = options;
  if (
    sysroot?.kind === 'local' &&
    (sysroot.place.startsWith('/') || sysroot.place.split('/').includes('..'))
  ) {
    const message = `\`${sysroot.place}\` is no folder of the project, and BuildStream takes local files from there only`;
    report(
      'bad-option',
      undefined,
      message,
      'name a folder of the project, such as files/sysroot, and put it there',
    );
  }
  for (const alias of Object.keys(options.aliases ?? {})) {
    if (!/^[A-Za-z][A-Za-z0-9_.+-]*$/.test(alias)) {
      report('bad-option', undefined, `\`${alias}\` cannot be an alias`);
    }
  }
}

function faultOfBuildSystem(chunks: readonly Chunk[], isDefined: boolean): string | undefined {
  if (!isDefined) return 'which is not defined';
  if (chunks.length === 0) return 'but there is no such chunk';
  const declared = chunks.find(({ buildSystem }) => buildSystem !== undefined)?.buildSystem;
  return declared && `but declares ${declared.text} in ${declared.at.file} (line ${declared.at.line})`;
}
