import type { System } from '../definitions/model.js';
import type { Dependency, Element, ProjectFile } from '../project/model.js';
import { basePart } from './base.js';
import { type Context, isBase, strataOf } from './context.js';
import { systemIntegration } from './integration.js';
import { stratumElement, systemElement, systemMarkerElement, systemPart } from './names.js';
import { systemManifest } from './system-manifest.js';

/** The split domain of the system marker: what keeps the marker out of systems. */
const markerDomain = 'system-marker';

/** What a system becomes: the compose element, and what belongs to it alone. */
export interface ConvertedSystem {
  readonly elements: readonly Element[];
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** A system as a compose element over the strata that it lists, in which integration commands have run. */
export function convertSystem(system: System, context: Context): ConvertedSystem {
  const { options } = context;
  const elements: Element[] = [];
  const files = new Map<string, ProjectFile>();
  const dependencies: Dependency[] = system.strata.map((reference) => ({
    element: basePart(reference, context) ?? stratumElement(reference.stratum),
    type: 'build',
    comments: reference.comments,
  }));
  if (options.integration === 'system') {
    const integration = integrationElement(system);
    elements.push(integration);
    dependencies.push({ element: integration.path, type: 'build' });
  }
  if (options.manifest) {
    const manifest = systemManifest(system);
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
    header: [...system.comments.values()].flat(),
    description: system.description,
    dependencies: dependencies.filter(
      ({ element }, i) => dependencies.findIndex((d) => d.element === element) === i,
    ),
    include: [],
    exclude: [markerDomain],
    includeOrphans: true,
    requires: {
      option: 'arch',
      value: system.arch.text,
      message: `This system is for ${system.arch.text}: use --option arch ${system.arch.text}`,
    },
  });
  reportUnconverted(system, context);
  return { elements, files };
}

function integrationElement(system: System): Element {
  return {
    kind: 'stack',
    path: systemPart(system, 'integration'),
    description: `What has to run in ${system.name} once it is put together, in this order.`,
    dependencies: strataOf(system).map((stratum) => ({ element: stratumElement(stratum), type: 'all' })),
    public: { integrationCommands: systemIntegration(system) },
  };
}

function reportUnconverted(system: System, context: Context): void {
  const { options, report } = context;
  if ((options.baseExtra ?? []).length > 0 && system.strata.some(({ stratum }) => isBase(stratum))) {
    const message = `\`${system.name}\` holds what was added to the base: ${options.baseExtra!.join(', ')}`;
    report('base-extra', system.at, message);
  }
  for (const reference of system.strata) {
    const { stratum, artifacts } = reference;
    const [first] = artifacts ?? [];
    if (!first || basePart(reference, context) !== undefined) continue;
    const code = isBase(stratum) ? 'base-artifacts' : 'artifact-selection';
    const names = artifacts!.map(({ text }) => text).join(', ');
    report(code, first.at, `\`${system.name}\` selects ${names} of ${stratum.name}`);
  }
  const [extension] = system.configurationExtensions;
  if (extension) {
    const names = system.configurationExtensions.map(({ text }) => text.replace(/^.*\//, '')).join(', ');
    report('configuration-extensions', extension.at, `\`${system.name}\` is configured by ${names}`);
  }
}
