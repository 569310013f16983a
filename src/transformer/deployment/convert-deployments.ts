import { extensionName, extensionPaths } from '../../definitions/extension-paths.js';
import type { System } from '../../definitions/model.js';
import { wholeFile } from '../../diagnostics/place.js';
import { escapeVariables } from '../../project/escape-variables.js';
import type { CommentedText, Dependency, Element, ProjectFile, ScriptElement } from '../../project/model.js';
import type { Context } from '../context.js';
import { systemElement } from '../names.js';
import { reportBootFiles } from './boot-files.js';
import { modesOfSystem } from './chunk-modes.js';
import { configure, quoted } from './configuration.js';
import { deploymentFiles } from './deployment-files.js';
import { diskImageVariables } from './disk-image.js';
import { environmentOf, transferVariables } from './environment.js';
import { manifestNames } from './manifests.js';
import type { PlannedDeployment } from './plan.js';
import { type Said, Scope } from './scope.js';
import { reportSecrets, withoutPassword } from './secrets.js';
import { extensions, installedBy, SharedFiles } from './shared-files.js';
import { type SubsystemTrees, subsystemTree } from './subsystem-tree.js';
import { type WriteType, writeTypes } from './write-types.js';

/** What deployments become: elements, and files of the project. */
export interface ConvertedDeployments {
  readonly elements: readonly Element[];
  readonly files: ReadonlyMap<string, ProjectFile>;
}

/** Deployments as script elements that change a copy of their system and make something of it. */
export function convertDeployments(
  planned: readonly PlannedDeployment[],
  context: Context,
): ConvertedDeployments {
  const converter = new Converter(manifestNames(planned), context);
  for (const deployment of planned) converter.convert(deployment, undefined);
  converter.reportLayout();
  return converter.converted();
}

/** The elements, besides those of deployments, that these may have in common. */
export function sharedElements(planned: readonly PlannedDeployment[]): string[] {
  if (planned.length === 0) return [];
  const names = [...manifestNames(planned).values()];
  return [extensions.element, ...names.map((name) => installedBy(name).element)];
}

class Converter {
  readonly elements: Element[] = [];
  readonly files = new Map<string, ProjectFile>();
  readonly #shared = new SharedFiles();
  readonly #said: Said = new Map();
  readonly #trees: SubsystemTrees = new Map();
  readonly #modes = new Map<System, readonly string[]>();
  readonly #images: PlannedDeployment[] = [];

  constructor(
    readonly manifests: ReadonlyMap<string, string>,
    readonly context: Context,
  ) {}

  converted(): ConvertedDeployments {
    return {
      elements: [...this.elements, ...this.#shared.elements],
      files: new Map([...this.files, ...this.#shared.files]),
    };
  }

  /** Converts a deployment and its subsystems; false for one that nothing can be made of. Says what is left to do. */
  convert(deployment: PlannedDeployment, outer: Scope | undefined): boolean {
    const { name, at, path, variables } = deployment;
    const element = `${path}.bst`;
    const scope = outer?.inside(element) ?? new Scope(this.context.report, this.#said, element);
    const type = variables.get('type');
    const upgrade = variables.get('upgrade-type');
    if (!type && upgrade) {
      const message = `\`${name}\` only upgrades a running system, by \`${extensionName(upgrade.text)}\``;
      this.context.report('upgrade-only', upgrade.at ?? at, message);
      return false;
    }
    const write = this.context.rules.write(deployment, this.context) ?? this.#unknownType(deployment, scope);
    this.#reportCheck(deployment, scope);
    this.#element(deployment, write, scope, outer === undefined);
    this.#reportWrite(deployment, write, scope);
    if (outer === undefined) {
      const isComplete = write.form === 'disk-image' ? 'complete, but for upgrades in place' : 'complete';
      const left = scope.left.length === 0 ? isComplete : `left to do by hand: ${scope.left.join(', ')}`;
      scope.once('deployment', at, `\`${name}\` becomes ${element}, ${write.what}; ${left}`);
    }
    return true;
  }

  #element(deployment: PlannedDeployment, write: WriteType, scope: Scope, isOuter: boolean): void {
    const { name, path, system, cluster } = deployment;
    const what = `${system.name} as ${write.what}: \`${name}\` of ${cluster.name}.`;
    const environment = environmentOf(deployment, write, scope);
    reportSecrets(deployment, [...environment.keys()], scope);
    const subsystems = deployment.subsystems.filter((each) => this.convert(each, scope));
    const added = subsystems.flatMap((each) => this.#addSubsystem(each, deployment, scope));
    const configuration = configure(deployment, this.#shared, this.manifests, scope, this.context);
    const own = new Map(configuration.files);
    const modes = [...this.#modesOf(system), ...configuration.modes];
    if (modes.length > 0) own.set('modes', { content: `${modes.join('\n')}\n` });
    const files = deploymentFiles(deployment, own);
    if (files) {
      this.elements.push(files.element);
      for (const [file, content] of files.files) this.files.set(file, content);
    }
    const dependencies: Dependency[] = [
      { element: 'base/deployment-tools.bst', type: 'build', location: '/' },
      { element: 'base/deployment-steps.bst', type: 'build', location: '/steps' },
      { element: systemElement(system), type: 'build', location: '/buildstream' },
      ...(files ? [{ element: files.element.path, type: 'build' as const, location: '/deployment' }] : []),
      ...configuration.dependencies,
      ...added.map(({ dependency }) => dependency),
    ];
    const element: ScriptElement = {
      kind: 'script',
      path: `${path}.bst`,
      header: isOuter ? [...cluster.comments.values()].flat() : [],
      description: isOuter && cluster.description ? `${what}\n\n${cluster.description}` : what,
      dependencies,
      variables: this.#variables(deployment, write, scope),
      environment,
      include: `include/deployment/${typeof write.form === 'string' ? write.form : 'common'}.yml`,
      steps: [
        { text: '/steps/copy-system' },
        ...added.map(({ step }) => step),
        ...configuration.steps,
        ...ownCommands(write),
      ],
      requires: {
        option: 'arch',
        value: system.arch.text,
        message: `This deployment is for ${system.arch.text}: use --option arch ${system.arch.text}`,
      },
    };
    this.elements.push(element);
  }

  #variables(deployment: PlannedDeployment, write: WriteType, scope: Scope): Map<string, string> {
    const variables = new Map<string, string>();
    const location = deployment.variables.get('location')?.text ?? '';
    const file = location.split('/').at(-1)!;
    const isOwn = typeof write.form !== 'string';
    const isFile = !/[:@ ]/.test(location) && !location.startsWith('/dev/') && /^\w[\w.+-]*$/.test(file);
    if (write.form !== 'tree' && write.unsupported === undefined && isFile) {
      variables.set('image-name', escapeVariables(file));
    } else if (isOwn) variables.set('image-name', escapeVariables(deployment.path.split('/').at(-1)!));
    if (write.form !== 'disk-image') return variables;
    this.#images.push(deployment);
    reportBootFiles(deployment, scope, this.context);
    return new Map([...variables, ...diskImageVariables(deployment, scope, this.context)]);
  }

  /** What a parent has of a subsystem: a dependency, and the step that puts it into the system. */
  #addSubsystem(
    subsystem: PlannedDeployment,
    parent: PlannedDeployment,
    scope: Scope,
  ): { dependency: Dependency; step: CommentedText }[] {
    const location = subsystem.variables.get('location');
    const place = location?.text.replace(/^\/+|\/+$/g, '') ?? '';
    const isInside = !place.split('/').some((part) => part === '..' || part === '.');
    if (place === '' || !isInside) {
      const message = `\`${subsystem.name}\` has no \`location\` in \`${parent.name}\` to be put at`;
      const hint = 'name a path below the root of the system';
      scope.manual('deployment-variable', location?.at ?? subsystem.at, subsystem.name, message, hint);
      return [];
    }
    let element = `${subsystem.path}.bst`;
    if (subsystem.system.arch.text !== parent.system.arch.text) {
      const tree = subsystemTree(subsystem, parent, this.#trees, scope);
      this.elements.push(tree.element);
      for (const [path, file] of tree.files) this.files.set(path, file);
      element = tree.element.path;
    }
    const name = subsystem.path.split('/').at(-1)!;
    const text = escapeVariables(`/steps/add-subsystem ${quoted(name)} ${quoted(place)}`);
    return [{ dependency: { element, type: 'build', location: `/subsystems/${name}` }, step: { text } }];
  }

  #modesOf(system: System): readonly string[] {
    const known = this.#modes.get(system) ?? modesOfSystem(system);
    this.#modes.set(system, known);
    return known;
  }

  #unknownType({ name, at, variables }: PlannedDeployment, scope: Scope): WriteType {
    const type = variables.get('type');
    const tar = writeTypes.get('tar')!;
    const what = { ...tar, what: 'a tar in place of what nobody knows', unsupported: '' };
    if (!type) {
      scope.manual('unknown-write-extension', at, 'a type', `\`${name}\` has no \`type\`: it becomes a tar`);
      return what;
    }
    const { tree } = this.context.definitions;
    const script = extensionPaths(type.text, 'write').find((path) => tree.has(path));
    const own =
      script === undefined ? 'which the definitions do not have' : `a script of the definitions (${script})`;
    const message = `\`${name}\` is written by \`${extensionName(type.text)}\`, ${own}: it becomes a tar`;
    scope.manual('unknown-write-extension', type.at ?? at, extensionName(type.text), message);
    return what;
  }

  /** Says what of writing is not done: another form, or bringing it somewhere. */
  #reportWrite(deployment: PlannedDeployment, write: WriteType, scope: Scope): void {
    const { name, at, variables } = deployment;
    const type = variables.get('type');
    const location = variables.get('location');
    const names = transferVariables(deployment, write);
    const by = names.length > 0 ? ` (with ${names.join(', ')})` : '';
    if (write.unsupported && type) {
      const kind = extensionName(type.text);
      const message = `\`${name}\` is written by \`${kind}\`${by}, which is not converted: it becomes a tar`;
      scope.manual('unsupported-write-extension', type.at ?? at, kind, message, write.unsupported);
    }
    if (write.transfer !== undefined) {
      const message = `\`${name}\` is not brought to ${withoutPassword(location?.text ?? 'its host')}${by}`;
      scope.manual(
        'deployment-transfer',
        location?.at ?? at,
        'bringing it to its host',
        message,
        write.transfer,
      );
    }
    const upgrade = variables.get('upgrade-type');
    if (upgrade) {
      const message = `\`${name}\` could be upgraded by \`${extensionName(upgrade.text)}\`, which is not converted`;
      scope.once('deployment-layout', upgrade.at ?? at, message);
    }
  }

  /** Checks of write extensions ask for hosts and their programs; a build needs none of them. */
  #reportCheck({ variables }: PlannedDeployment, scope: Scope): void {
    const type = variables.get('type');
    if (!type) return;
    const { tree } = this.context.definitions;
    const script = extensionPaths(type.text, 'check').find((path) => tree.has(path));
    if (script === undefined) return;
    scope.once('dropped-check', wholeFile(script), `${script} is not run: nothing is written to a host`);
  }

  /** Images have another layout than those of Baserock, which is worth a word for each cluster. */
  reportLayout(): void {
    const byCluster = new Map<string, PlannedDeployment[]>();
    for (const image of this.#images) {
      const { file } = image.cluster.at;
      byCluster.set(file, [...(byCluster.get(file) ?? []), image]);
    }
    for (const [first, ...others] of byCluster.values()) {
      const names = [first!, ...others].map(({ name }) => `\`${name}\``).join(', ');
      const message = `images of this cluster are ext4, without the subvolumes that Baserock upgrades in place: ${names}`;
      const place = first!.variables.get('type')?.at ?? first!.at;
      const elements = [first!, ...others].map(({ path }) => `${path}.bst`);
      this.context.report('deployment-layout', place, message, undefined, undefined, elements);
    }
  }
}

/** The commands by which a write type of the caller's own ends, with what the steps leave behind removed. */
function ownCommands({ form }: WriteType): CommentedText[] {
  return typeof form === 'string' ? [] : [...form.commands, 'rm -rf "$work"'].map((text) => ({ text }));
}
