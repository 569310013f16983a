import type { System } from '../definitions/model.js';
import type { EvaluatedElement, PlacedText } from '../project/evaluate/element.js';
import type { Comparison } from './comparison.js';
import { markerElement } from './names.js';

/** How a command begins that does nothing unless a system is put together. */
const GUARD = '[ -e /baserock/system ] || exit 0\n';

/** Whether a command runs only where a system is put together. */
export function isGuarded(text: string): boolean {
  return text.startsWith(GUARD);
}

/** What a guarded command does there. */
export function unguarded(command: PlacedText): PlacedText {
  return isGuarded(command.text) ? { ...command, text: command.text.slice(GUARD.length) } : command;
}

/** Guarded commands look for a file that only systems have: where there are such commands, it has to be staged. */
export function compareMarker(
  system: System,
  element: EvaluatedElement,
  staged: ReadonlySet<string>,
  { project, findings }: Comparison,
): void {
  const needs = project.graph
    .stagingOrder(element.path)
    .some((path) => project.element(path).integrationCommands.some(({ text }) => isGuarded(text)));
  if (!needs) return;
  const hasFile = [...staged].some(
    (path) =>
      path === markerElement &&
      project.element(path).sources.some((source) => {
        const folder = source.entries.get('path');
        return folder?.kind === 'scalar' && project.files.texts.has(`${folder.text}/baserock/system`);
      }),
  );
  if (hasFile) return;
  findings.different(
    'integration',
    element.path,
    'guarded commands do not run: the system marker is not staged',
    {
      definition: system.at,
      project: element.dependencies.at(-1)?.at ?? element.at,
    },
  );
}
