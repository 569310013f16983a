import type { ClusterSystem, Deployment, System, TextAt, Variables } from './model.js';
import { pythonText } from './python-text.js';
import { textAt } from './read-fields.js';
import type { SubsystemShape } from './schema.js';
import type { YamlDocument } from './yaml-document.js';

/** The systems that a cluster deploys, with their subsystems; `findSystem` looks one up and reports if it is not there. */
export function readCluster(
  document: YamlDocument,
  systems: readonly SubsystemShape[],
  findSystem: (reference: TextAt) => System | undefined,
): ClusterSystem[] {
  return systems.map((shape, index) => {
    const reference = textAt(document, shape, 'morph');
    return {
      at: reference?.at ?? document.placeOf(systems, index),
      system: reference && findSystem(reference),
      defaults: readVariables(document, shape['deploy-defaults'] ?? {}),
      deployments: readDeployments(document, shape.deploy ?? {}),
      subsystems: readCluster(document, shape.subsystems ?? [], findSystem),
    };
  });
}

function readDeployments(
  document: YamlDocument,
  deploy: Record<string, Record<string, unknown> | null>,
): Deployment[] {
  return Object.entries(deploy).map(([name, variables]) => ({
    name,
    at: document.placeOfKey(deploy, name),
    variables: readVariables(document, variables ?? {}),
  }));
}

function readVariables(document: YamlDocument, variables: Record<string, unknown>): Variables {
  return new Map(
    Object.entries(variables).map(([name, value]) => {
      const text = pythonText(value, document.textOf(variables, name));
      return [name, { value, text, at: document.placeOf(variables, name) }];
    }),
  );
}
