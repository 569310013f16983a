import type { ConvertOptions } from '../../../src/index.js';
import { briefly, converted, SHA } from '../../support/definitions.js';

const indented = (text: string, depth: number) => text.trimEnd().replaceAll('\n', `\n${' '.repeat(depth)}`);

/** What every tree of these tests has: a system with a kernel, of the given architecture and extensions. */
export function tree(
  cluster: string,
  extensions: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const system = (name: string, arch: string, list: readonly string[]) =>
    `name: ${name}\nkind: system\narch: ${arch}\nstrata:\n- morph: strata/s.morph\n${
      list.length > 0 ? `configuration-extensions:\n${list.map((each) => `- ${each}\n`).join('')}` : ''
    }`;
  return {
    VERSION: 'version: 8\n',
    'strata/s.morph': `name: s\nkind: stratum\nchunks:\n- name: linux\n  repo: upstream:linux\n  ref: ${SHA}\n  install-commands: [cp vmlinuz "$DESTDIR/boot/vmlinuz"]\n`,
    'systems/x.morph': system('x', 'x86_64', extensions),
    'systems/small.morph': system('small', 'x86_64', []),
    'systems/arm.morph': system('arm', 'armv7lhf', []),
    'clusters/c.morph': `name: c\nkind: cluster\nsystems:\n${cluster}`,
    ...files,
  };
}

/** A cluster with one deployment of the system `x`, of these variables. */
export function deploying(variables: string, name = 'd'): string {
  return `- morph: systems/x.morph\n  deploy:\n    ${name}:\n      ${indented(variables, 6)}\n`;
}

/** What a tree is converted to; what is said of deployments, without what is said of all of them. */
export function convertTree(
  files: Readonly<Record<string, string>>,
  options: ConvertOptions = {},
  version: 1 | 2 = 1,
) {
  const result = converted(files, options, version);
  const said = briefly(result.diagnostics).filter(
    (line) => !/^(?:deployment-layout|unknown-build-system|configuration-extensions) /.test(line),
  );
  const element = (path: string) => result.project.element(path);
  const steps = (path: string) => {
    const { commands } = element(path).config as { commands: { '(<)': string[] } };
    return commands['(<)'];
  };
  return { ...result, said, element, steps };
}
