import { describe, expect, test } from 'vitest';
import { converted, oneChunk } from '../support/definitions.js';

/** The lines of the chunk's element from `config:` on, without the blank ones. */
function configured(entry: string, file?: string): string[] {
  const lines = converted(oneChunk(entry, file)).files.get('elements/strata/s/c.bst')!.content.split('\n');
  return lines.slice(lines.indexOf('config:') + 1).filter((line) => line.trim() !== '');
}

function header(entry: string): string[] {
  const text = converted(oneChunk(entry)).files.get('elements/strata/s/c.bst')!.content;
  return text.split('\n').filter((line) => line.startsWith('#'));
}

describe('a comment', () => {
  test('stands above what it stood above, in lists that are not indented', () => {
    expect(
      configured(
        'build-system: manual\nbuild-commands:\n- a\n# about install\ninstall-commands: # on install\n- b\n# above c\n- c\n',
      ),
    ).toEqual([
      '  build-commands:',
      '  - a',
      '  install-commands:',
      '  # about install',
      '  # on install',
      '  - b',
      '  # above c',
      '  - c',
    ]);
  });

  test('that is indented deeper than what comes next belongs to what was before', () => {
    expect(
      configured(
        'build-system: manual\nbuild-commands:\n  - a\n  # - b\ninstall-commands:\n  # first\n  - |\n    c\n\n  # second\n  - d\n',
      ),
    ).toEqual([
      '  build-commands:',
      '  # - b',
      '  - a',
      '  install-commands:',
      '  # first',
      '  - |',
      '    c',
      '  # second',
      '  - d',
    ]);
  });

  test('on a script of integration commands goes with that script', () => {
    const lines = configured(
      'build-system: manual\nsystem-integration:\n  c-misc:\n    00-x:\n    - a\n    # about 01\n    01-x:\n    - b\n',
    );
    const at = lines.findIndex((line) => line.includes('about 01'));
    expect(lines.slice(at - 2, at + 4).map((line) => line.trim())).toEqual([
      '%{system-only}',
      'a',
      '# about 01',
      '- |-',
      '%{system-only}',
      'b',
    ]);
  });

  test('where an anchor stands is not said again where its alias does', () => {
    const file = `name: c
kind: chunk
build-system: manual
build-commands:
# about x
- &x make
install-commands:
# about install
- *x
- b
`;
    expect(configured('description: d\n', file)).toEqual([
      '  build-commands:',
      '  # about x',
      '  - make',
      '  install-commands:',
      '  # about install',
      '  - make',
      '  - b',
    ]);
  });

  test('behind the first key of a chunk is there once', () => {
    const files = oneChunk('build-system: manual\n');
    const stratum = files['strata/s.morph']!.replace('- name: c\n', '# above\n- name: c # behind\n');
    const text = converted({ ...files, 'strata/s.morph': stratum }).files.get('elements/strata/s/c.bst')!;
    expect(text.content.split('\n').filter((line) => line.startsWith('#'))).toEqual(['# above', '# behind']);
  });

  test('behind a chunk in flow style, and at the very end, is not lost', () => {
    const files = oneChunk('build-system: manual\n');
    const stratum = `${files['strata/s.morph']}- {name: d, repo: 'upstream:d', build-system: manual} # behind\n# at the end\n`;
    const all = [...converted({ ...files, 'strata/s.morph': stratum }).files.values()];
    const text = all.map(({ content }) => content).join('');
    expect(text.split('# behind')).toHaveLength(2);
    expect(text.split('# at the end')).toHaveLength(2);
  });

  test('on a field without a place of its own stands at the top', () => {
    expect(header('# why\nmax-jobs: 1 # really\nbuild-system: manual # no build\n')).toEqual([
      '# why',
      '# really',
      '# no build',
    ]);
  });
});
