import type { TextAt } from '../definitions/model.js';
import { isRefused, type ReadProject } from '../project/evaluate/read-project.js';
import type { Comparison } from './comparison.js';

/**
 * Compares for which architectures an element loads: for that of its system, and for no other.
 *
 * @returns false if it does not load for it.
 */
export function compareArchitecture(
  arch: TextAt,
  path: string,
  whole: ReadProject,
  { project, findings }: Pick<Comparison, 'project' | 'findings'>,
): boolean {
  const at = () => whole.files.parse(whole.files.elementPath + path).at;
  const values = project.valuesOf('arch');
  if (!values.includes(arch.text)) {
    const message = `the project has no option for the architecture ${arch.text}`;
    findings.different('architecture', path, message, { definition: arch.at });
    return false;
  }
  if (isRefused(() => project.element(path))) {
    const message = `it does not load for its architecture, ${arch.text}`;
    findings.different('architecture', path, message, { definition: arch.at, project: at() });
    return false;
  }
  const other = values.find((value) => value !== arch.text);
  if (other !== undefined && !isRefused(() => whole.with({ arch: other }).element(path))) {
    const message = `it loads for other architectures than ${arch.text}`;
    findings.different('architecture', path, message, { definition: arch.at, project: at() });
  }
  return true;
}
