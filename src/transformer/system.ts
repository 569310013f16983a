import type { Stratum, System } from '../definitions/model.js';
import type { Dependency, Element, ProjectFile, StackElement } from '../project/model.js';
import { nearestHint, stratumRules } from './artifacts.js';
import { basePart } from './base.js';
import { type Context, isBase, strataOf } from './context.js';
import { systemIntegration } from './integration.js';
import { stratumElement, systemElement, systemMarkerElement, systemPart } from './names.js';
import { originOf, originsOf, restOfFile, spanOf } from './origins.js';
import { systemManifest } from './system-manifest.js';

/** What a system becomes: the compose element, and what belongs to it alone. */
export interface ConvertedSystem {
  readonly elements: readonly Element[];
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** A system as a compose element over the strata that it lists, in which integration commands have run. */
export function convertSystem(system: System, context: Context): ConvertedSystem {
  const { options, splitting } = context;
  const elements: Element[] = [];
  const files = new Map<string, ProjectFile>();
  const isStaged = (stratum: Stratum) => !splitting.isEmpty(stratum, system);
  const dependencies: Dependency[] = system.strata
    .filter(({ stratum }) => isStaged(stratum))
    .map((reference) => ({
      element: basePart(reference, context) ?? stratumElement(reference.stratum),
      type: 'build',
      comments: reference.comments,
      from: originOf(reference.at),
    }));
  const integration = integrationElement(system, isStaged, dependencies, context);
  if (integration) {
    elements.push(integration);
    dependencies.push({ element: integration.path, type: 'build' });
  }
  if (options.manifest) {
    const manifest = systemManifest(system, context);
    elements.push(manifest.element);
    files.set(...manifest.file);
    dependencies.push({ element: manifest.element.path, type: 'build' });
  }
  dependencies.push({
    element: systemMarkerElement,
    type: 'build',
    comments: [' Lets integration commands know that they run in a system.'],
  });
  elements.unshift({
    kind: 'compose',
    path: systemElement(system),
    from: [restOfFile(system.at, context.definitions)],
    origins: originsOf([
      ['description', originOf(system.descriptionAt)],
      ['include', spanOf(system.strata.flatMap(({ artifacts }) => (artifacts ?? []).map(({ at }) => at)))],
      ['requires', originOf(system.arch.at)],
    ]),
    header: [...system.comments.values()].flat(),
    description: system.description,
    dependencies: dependencies.filter(
      ({ element }, i) => dependencies.findIndex((d) => d.element === element) === i,
    ),
    ...splitting.composition(system),
    requires: {
      option: 'arch',
      value: system.arch.text,
      message: `This system is for ${system.arch.text}: use --option arch ${system.arch.text}`,
    },
  });
  reportUnconverted(system, context);
  return { elements, files };
}

/**
 * The integration commands that no chunk's element brings into the system: those of strata of whose files the system
 * holds none, which ybd runs nevertheless, or all of them if that is asked for.
 */
function integrationElement(
  system: System,
  isStaged: (stratum: Stratum) => boolean,
  strata: readonly Dependency[],
  { options, definitions }: Context,
): StackElement | undefined {
  const all = strataOf(system);
  const others = all.filter((stratum) => !isStaged(stratum));
  const isWanted = options.integration === 'system';
  const integrationCommands = systemIntegration(isWanted ? all : others);
  if (!isWanted && integrationCommands.length === 0) return undefined;
  const what = isWanted ? 'What' : `What of ${others.map(({ name }) => name).join(', ')}`;
  return {
    kind: 'stack',
    path: systemPart(system, 'integration'),
    from: [restOfFile(system.at, definitions)],
    description: `${what} has to run in ${system.name} once it is put together, in this order.`,
    dependencies: isWanted
      ? [...new Set(strata.map(({ element }) => element))].map((element) => ({ element, type: 'all' }))
      : [],
    public: { integrationCommands },
  };
}

function reportUnconverted(system: System, context: Context): void {
  const { definitions, options, splitting, report } = context;
  if ((options.baseExtra ?? []).length > 0 && system.strata.some(({ stratum }) => isBase(stratum))) {
    const message = `\`${system.name}\` holds what was added to the base: ${options.baseExtra!.join(', ')}`;
    report('base-extra', system.at, message);
  }
  for (const reference of system.strata) {
    const { stratum, artifacts } = reference;
    const known = new Set(stratumRules(stratum, definitions.defaults).map(({ artifact }) => artifact.text));
    for (const { text, at } of artifacts ?? []) {
      if (known.has(text)) continue;
      const message = `\`${stratum.name}\` has no artifact \`${text}\`, so that nothing is taken for it`;
      report('unknown-selection', at, message, nearestHint(text, known));
    }
    if (splitting.isEmpty(stratum, system)) {
      report('empty-selection', reference.at, `\`${system.name}\` holds no file of ${stratum.name}`);
    }
    const [first] = artifacts ?? [];
    if (!first || !isBase(stratum)) continue;
    const part = basePart(reference, context);
    const selects = `\`${system.name}\` selects ${artifacts!.map(({ text }) => text).join(', ')}`;
    if (part === undefined) report('base-artifacts', first.at, `${selects} of ${stratum.name}`);
    else report('base-part', first.at, `${selects} and holds ${part}`);
  }
  for (const chunk of strataOf(system).flatMap(({ chunks }) => chunks)) {
    const selected = splitting.selected(system, chunk);
    if (selected === 'whole') continue;
    for (const { artifact, script } of chunk.systemIntegration.filter(
      (each) => !selected.has(each.artifact.text),
    )) {
      const message = `\`${script.text}\` of \`${chunk.name}\` runs in ${system.name}, which holds no \`${artifact.text}\``;
      report('unselected-integration', script.at, message, undefined, [system.path]);
    }
  }
}
