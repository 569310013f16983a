import type { Report } from '../diagnostics/diagnostic.js';
import { type Place, wholeFile } from '../diagnostics/place.js';
import { isBase } from './context.js';
import type { PlannedDeployment } from './deployment/plan.js';
import {
  bootstrapElement,
  buildDepsElement,
  chunkElement,
  faultOfName,
  quoted,
  stratumElement,
  systemElement,
  systemPart,
} from './names.js';
import type { ConvertOptions } from './options.js';
import { isBootstrapped } from './replacements.js';
import type { Selection } from './selection.js';

interface Named {
  readonly path: string;
  readonly at: Place;
}

/**
 * Reports names that cannot become files of the project: those that no file can have, those that two definitions
 * would share, and those that differ in case only, which some file systems take for one.
 *
 * @param reserved element files that every project has.
 */
export function checkNames(
  selection: Selection,
  planned: readonly PlannedDeployment[],
  options: ConvertOptions,
  reserved: Iterable<string>,
  report: Report,
): void {
  const taken = new Map<string, Named | undefined>();
  const lowerCase = new Map<string, string>();
  const take = (path: string, named: Named | undefined) => {
    taken.set(path, named);
    lowerCase.set(path.toLowerCase(), path);
  };
  for (const path of reserved) take(path, undefined);
  for (const named of [...namesOf(selection, options, report), ...namesOfDeployments(planned, report)]) {
    const alike = lowerCase.get(named.path.toLowerCase());
    if (taken.has(named.path)) {
      const other = taken.get(named.path);
      const owner = other ? `${other.at.file} (line ${other.at.line})` : 'the base';
      report('name-collision', named.at, `${named.path} would be the file of this and of ${owner}`);
    } else if (alike !== undefined) {
      report('case-collision', named.at, `${named.path} and ${alike} differ in case only`);
    }
    take(named.path, named);
  }
}

function namesOf({ strata, systems }: Selection, options: ConvertOptions, report: Report): Named[] {
  const names: Named[] = [];
  const add = (name: string, path: string, kind: string, element: string, at: Place) => {
    const fault = name
      .split(kind === 'chunk' ? /(?!)/ : '/')
      .map(faultOfName)
      .find(Boolean);
    if (fault !== undefined) {
      report('bad-name', at, `a ${kind} cannot have the name ${quoted(name)}: ${fault}`);
      return;
    }
    if (element !== `${path}.bst`) report('changed-name', at, `the element of ${quoted(name)} is ${element}`);
    names.push({ path: element, at });
  };
  const parts = [
    ...(options.integration === 'system' ? ['integration'] : []),
    ...(options.manifest ? ['manifest'] : []),
  ];
  for (const system of systems) {
    add(system.path, system.path, 'system', systemElement(system), system.at);
    for (const part of parts) names.push({ path: systemPart(system, part), at: system.at });
  }
  for (const { chunks } of strata.filter((stratum) => isBootstrapped(stratum, options))) {
    for (const chunk of chunks) {
      add(chunk.name, `base/${chunk.name}`, 'chunk', bootstrapElement(chunk), chunk.at);
    }
  }
  for (const stratum of strata.filter((each) => !isBase(each))) {
    add(stratum.path, stratum.path, 'stratum', stratumElement(stratum), stratum.at);
    if (stratum.buildDepends.length > 0) names.push({ path: buildDepsElement(stratum), at: stratum.at });
    for (const chunk of stratum.chunks) {
      const folder = stratumElement(stratum).replace(/\.bst$/, '');
      add(chunk.name, `${folder}/${chunk.name}`, 'chunk', chunkElement(chunk), chunk.at);
    }
  }
  return names;
}

/** The elements of deployments; what belongs to one of them has its place even if it is not needed. */
function namesOfDeployments(
  planned: readonly PlannedDeployment[],
  report: Report,
  seen = new Set<string>(),
): Named[] {
  return planned.flatMap((deployment) => {
    const { name, path, at, cluster, subsystems } = deployment;
    const fault = faultOfName(name) ?? cluster.path.split('/').map(faultOfName).find(Boolean);
    if (fault !== undefined) {
      report('bad-name', at, `a deployment cannot have the name ${quoted(name)}: ${fault}`);
      return [];
    }
    if (!path.endsWith(`/${name}`))
      report('changed-name', at, `the element of ${quoted(name)} is ${path}.bst`);
    const parts = seen.has(path) ? [] : ['files', 'tree'];
    seen.add(path);
    return [
      { path: `${path}.bst`, at },
      ...parts.map((part) => ({ path: `${path}/${part}.bst`, at })),
      ...namesOfDeployments(subsystems, report, seen),
    ];
  });
}

/** Reports build systems whose names cannot become the name of an include file. */
export function checkBuildSystems(names: Iterable<string>, report: Report): void {
  for (const name of names) {
    const fault = faultOfName(name);
    if (fault === undefined) continue;
    const message = `a build system cannot have the name ${quoted(name)}: ${fault}`;
    report('bad-name', wholeFile('DEFAULTS'), message);
  }
}
