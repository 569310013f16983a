import { describe, expect, test } from 'vitest';
import { renderTemplate, UnknownTemplate } from '../../../src/transformer/deployment/template.js';
import { convertTree, deploying, tree } from './support.js';

const at = 'clusters/c/d.bst';
const folder = 'files/clusters/c/d/deployment';
const installing = deploying('type: tar\nNAME: me\nINSTALL_FILES: one/manifest two/one/manifest');

describe('install-files', () => {
  test('puts what manifests list into the project, with modes and owners', () => {
    const { element, steps, files, said } = convertTree(
      tree(installing, ['install-files', 'install-essential-files'], {
        'one/manifest': `# files
0040755 0 0 /etc
template overwrite 0100600 1000 100 /etc/me
overwrite template 0100755 0 0 /bin/run
0120777 0 0 /etc/link
0020666 0 0 1 3 /dev/null
0060660 0 6 8, 0 /dev/sda
`,
        'one/etc/me': 'I am {{ NAME }}\n',
        'one/bin/run': '#!/bin/sh\n',
        'one/etc/link': '/run/link',
        'two/one/manifest': '0100644 0 0 /x\n',
        'two/one/x': 'x',
        'install-files/essential-files/manifest': '0100644 0 0 /etc/os-release\n',
        'install-files/essential-files/etc/os-release': 'NAME=x\n',
      }),
    );
    expect(said).toHaveLength(1);
    expect(steps(at)).toEqual([
      '/steps/copy-system',
      '/steps/install-files /install-files/one /deployment/install-files/one /install-files/one-2',
      '/steps/install-files /install-files/essential-files',
    ]);
    const below = (start: string) =>
      [...files]
        .filter(([path]) => path.startsWith(start))
        .map(([path, { content }]) => [path.slice(start.length), content]);
    expect(below(`${folder}/`)).toEqual([
      ['install-files/one/files/bin/run', '#!/bin/sh'],
      ['install-files/one/files/etc/me', 'I am me'],
      [
        'install-files/one/manifest',
        '# From one/manifest\noverwrite 0100600 1000 100 /etc/me\noverwrite 0100755 0 0 /bin/run\n',
      ],
      ['modes', '0666 0 0 c 1 3 /dev/null\n0660 0 6 b 8 0 /dev/sda\n'],
    ]);
    expect(below('files/install-files/')).toEqual([
      ['essential-files/files/etc/os-release', 'NAME=x\n'],
      [
        'essential-files/manifest',
        '# From install-files/essential-files/manifest\n0100644 0 0 /etc/os-release\n',
      ],
      ['one-2/files/x', 'x'],
      ['one-2/manifest', '# From two/one/manifest\n0100644 0 0 /x\n'],
      ['one/manifest', '# From one/manifest\n0040755 0 0 /etc\n0120777 0 0 /etc/link -> /run/link\n'],
    ]);
    expect(files.get(`${folder}/install-files/one/files/bin/run`)?.executable).toBe(true);
    expect(element(at).config).toMatchObject({
      layout: expect.arrayContaining([
        { element: 'install-files/one.bst', destination: '/install-files/one' },
        { element: 'clusters/c/d/files.bst', destination: '/deployment' },
      ]) as unknown,
    });
  });

  test('keeps the order of a manifest that lists a file twice', () => {
    const { steps, files } = convertTree(
      tree(deploying('type: tar\nA: 1\nINSTALL_FILES: one/manifest'), ['install-files'], {
        'one/manifest': 'template 0100600 0 0 /a\noverwrite 0100644 0 0 /a\n',
        'one/a': '{{ A }}',
      }),
    );
    expect(steps(at)).toEqual(['/steps/copy-system', '/steps/install-files /deployment/install-files/one']);
    expect(files.get(`${folder}/install-files/one/manifest`)?.content).toBe(
      '# From one/manifest\n0100600 0 0 /a\noverwrite 0100644 0 0 /a\n',
    );
  });

  test('tells templates all variables of extensions, as they are, and no others', () => {
    const { files } = convertTree(
      tree(
        deploying(
          "type: openstack\nlocation: http://x\nOPENSTACK_USER: me\nA: '%{b}'\nINSTALL_FILES: manifest",
        ),
        ['install-files'],
        { manifest: 'template 0100644 0 0 /a\n', a: '{{ OPENSTACK_USER }} {{ A }} {{ location }}' },
      ),
    );
    expect(files.get(`${folder}/install-files/files/files/a`)?.content).toBe('me %{b} ');
  });

  test('says which files are missing and which lines make no sense, each at its line', () => {
    const { files, said } = convertTree(
      tree(deploying('type: tar\nINSTALL_FILES: one/manifest none/manifest'), ['install-files'], {
        'one/manifest': '0100644 0 0 /gone\n644 root root /x\n0100644 0 0 /../x\n0120777 0 0 /no-link\n',
        'one/no-link': 'a text\nof lines\n',
      }),
    );
    expect([...files.keys()].filter((path) => path.includes('install-files/one'))).toEqual([]);
    expect(said.slice(1)).toEqual([
      'missing-file clusters/c.morph:8:22 `d` installs the files of none/manifest, which is not there',
      'missing-file one/manifest:1:1 the file one/gone is not there, and is not installed',
      'bad-manifest one/manifest:2:1 this line of one/manifest cannot be understood',
      'bad-manifest one/manifest:3:1 this line of one/manifest cannot be understood',
      'missing-file one/manifest:4:1 the link one/no-link is no link, and is not installed',
    ]);
  });

  test('says so of a template that it cannot follow, and of a secret', () => {
    const { files, said } = convertTree(
      tree(deploying('type: tar\nINSTALL_FILES: manifest'), ['install-files'], {
        manifest: 'template 0100644 0 0 /a\n0100600 0 0 /key\n',
        a: 'x\n{% for y in z %}\n{% endfor %}\n',
        key: '-----BEGIN PRIVATE KEY-----\n',
      }),
    );
    expect(files.get(`${folder}/install-files/files/files/a`)?.content).toMatch(/for y in z/);
    expect(said.filter((line) => !line.startsWith('deployment '))).toEqual([
      'unknown-template a:2:1 `{% for y in z %}` is more than the conversion knows of Jinja2, and the template is installed as it is',
      'secret-value manifest:2:1 key looks like a secret, and is about to be part of the project',
    ]);
  });
});

describe('a template', () => {
  const variables = new Map([
    ['A', 'one'],
    ['FLAG', 'False'],
    ['EMPTY', ''],
    ['LINE', 'line\n'],
    ['true', 'no variable of Jinja2 has this name'],
  ]);

  test.each([
    ['x {{ A }}{{A}} {{ NONE }}y\n', 'x oneone y'],
    ['{# {{ A }} #}z', 'z'],
    ['{% if A is defined %}1{% else %}2{% endif %}', '1'],
    ['{% if NONE is undefined or FLAG == "True" %}1{% endif %}', '1'],
    ["{% if A == 'one' and not EMPTY %}1{% endif %}", '1'],
    ['{% if NONE is not defined %}1{% endif %}', '1'],
    ['{% if (EMPTY or A != "one") and A %}1{% elif A %}2{% elif A %}3{% else %}4{% endif %}', '2'],
    ['{% if NONE %}{% if A %}1{% else %}2{% endif %}{% else %}3{% endif %}', '3'],
    ['{{ "text" }}', 'text'],
    ['a }} b %}\r\n\r\n', 'a }} b %}\n'],
    ['{{ LINE }}\n', 'line\n'],
  ])('%s', (text, result) => {
    expect(renderTemplate(text, variables)).toBe(result);
  });

  test.each([
    '{{ A | upper }}',
    '{% for x in y %}{% endfor %}',
    '{% if A %}',
    '{% endif %}',
    '{{ A.b }}',
    '{% if A is even %}{% endif %}',
    '{% else %}',
    '{{ }}',
    'a {{ b',
    'a {% if',
    '{# b',
    '{{ "}}" }}',
    '{{ "a\\n" }}',
    '{{ true }}',
    '{% if A == none %}{% endif %}',
    '{% if A in "one" %}{% endif %}',
    '{{ A or "x" }}',
    '{{ 1 }}',
    '{{- A }}',
    '{{ A -}}',
    '{%- if A %}{% endif %}',
    '{% if A -%}{% endif %}',
    '{% if A %}{% endif -%}',
    'x {#- a comment #}',
    '{# a comment -#} x',
    '{% raw %}{{ A }}{% endraw %}',
    '{% if A %}{% else %}{% elif A %}{% endif %}',
    '{% if A %}{% else %}{% else %}{% endif %}',
    '{% set B = A %}',
    '{% include "x" %}',
  ])('%s is refused', (text) => {
    expect(() => renderTemplate(text, variables)).toThrow(UnknownTemplate);
  });
});
