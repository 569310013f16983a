import type { Dialect } from './dialects.js';
import type { BuildSystem, Project } from './model.js';

/** How one dialect writes the elements of a build system. */
export interface BuildSystemForm {
  readonly kind: string;
  /** The include file that holds the command lists; undefined if project.conf overrides the plugin's own. */
  readonly include: string | undefined;
}

/**
 * Decides for each build system of a project whether a plugin of the dialect stands for it, whose lists project.conf
 * then overrides, or a manual element with an include file. Where two build systems have the same plugin
 * (python-distutils and python3-distutils), the first one gets the override and the other an include on top.
 */
export function buildSystemForms(project: Project, dialect: Dialect): Map<string, BuildSystemForm> {
  const taken = new Set<string>();
  const forms = new Map<string, BuildSystemForm>();
  for (const { name, plugin } of project.buildSystems) {
    const kind = dialect.buildKinds.has(plugin) ? plugin : 'manual';
    const isFirst = kind === plugin && !taken.has(kind);
    if (kind === plugin) taken.add(kind);
    forms.set(name, { kind, include: isFirst ? undefined : `include/build-systems/${fileName(name)}.yml` });
  }
  return forms;
}

/** The build systems whose lists stand in project.conf. */
export function overridden(project: Project, forms: ReadonlyMap<string, BuildSystemForm>): BuildSystem[] {
  return project.buildSystems.filter(({ name }) => forms.get(name)?.include === undefined);
}

function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._+-]/gu, (character) => `~${character.codePointAt(0)!.toString(16)}~`);
}
