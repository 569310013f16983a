import type { Chunk } from '../definitions/model.js';
import type { EvaluatedElement, PlacedText } from '../project/evaluate/element.js';
import type { Comparison } from './comparison.js';
import { baseElement } from './names.js';
import { elementFor } from './plan.js';

/** What ybd runs before every build and in every system; the base carries it. */
const LDCONFIG = 'if [ -e /etc/ld.so.conf ]; then ldconfig; fi';

/** The same where the C library, and with it ldconfig, is yet to be built. */
const LDCONFIG_IF_THERE = 'if [ -e /etc/ld.so.conf ] && command -v ldconfig >/dev/null; then ldconfig; fi';

/** Compares what the base runs: the linker's cache is brought up to date before each build and in each system. */
export function compareBaseIntegration(comparison: Comparison): void {
  const { project, plan } = comparison;
  if (!plan.base.some((stratum) => plan.replacements.get(stratum) === baseElement)) return;
  if (!project.files.hasElement(baseElement) || !isOurs(comparison)) return;
  const running = project.graph.running(baseElement);
  const staged = [...project.graph.stagingOrder(baseElement), baseElement].filter((path) =>
    running.has(path),
  );
  compareLdconfig(staged, project.element(baseElement), 'the base', plan.base[0]!.at, comparison);
}

/** Compares the same for a chunk that is itself part of the base: it is built without the sysroot. */
export function compareStageIntegration(
  chunk: Chunk,
  element: EvaluatedElement,
  comparison: Comparison,
): void {
  const { project, plan, staging } = comparison;
  if (chunk.bootstrap || !plan.isBootstrap || !plan.base.includes(staging.stratumOf(chunk))) return;
  compareLdconfig(project.graph.stagingOrder(element.path), element, 'its build', chunk.at, comparison);
}

function compareLdconfig(
  staged: readonly string[],
  element: EvaluatedElement,
  who: string,
  definition: Chunk['at'],
  { project, plan, findings }: Comparison,
): void {
  const chunks = new Set(
    plan.base.flatMap((stratum) => stratum.chunks.map((chunk) => elementFor(chunk, stratum, plan))),
  );
  const found = staged
    .filter((path) => !chunks.has(path))
    .flatMap((path) => project.element(path).integrationCommands);
  const isRight = ({ text }: PlacedText) =>
    text === LDCONFIG || (plan.isBootstrap && text === LDCONFIG_IF_THERE);
  if (found.length === 1 && isRight(found[0]!)) return;
  const message = `${who} does not run ldconfig, as ybd does, and nothing else`;
  findings.different('integration', element.path, message, {
    wanted: LDCONFIG,
    found: found.map(({ text }) => text).join('\n') || 'nothing',
    definition,
    project: found.find((each) => !isRight(each))?.at ?? element.at,
  });
}

/** A base that a person has written runs what that person wants. */
function isOurs({ project, plan }: Comparison): boolean {
  return plan.isBootstrap || project.files.hasElement('base/sysroot.bst');
}
