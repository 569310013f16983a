import { describe, expect, test } from 'vitest';
import { convertTree, deploying, tree } from './support.js';

const element = 'clusters/c/d.bst';
const copies = 'files/extensions/definitions';
const script = (text: string) => ({ 'extensions/own.configure': text });
const own = ['extensions/own'];

describe('configuration extensions', () => {
  test('are steps in the order of the system', () => {
    const { steps, said } = convertTree(
      tree(deploying('type: tar'), [
        'extensions/hosts',
        'fstab',
        'extensions/set-hostname',
        'nfsboot',
        'simple-network',
        'install-files',
        'add-config-files',
      ]),
    );
    expect(steps(element)).toEqual([
      '/steps/copy-system',
      '/steps/hosts',
      '/steps/fstab',
      '/steps/set-hostname',
      '/steps/nfsboot',
      '/steps/simple-network',
      '/steps/add-config-files',
    ]);
    expect(said).toHaveLength(1);
  });

  test('of systems that no cluster deploys are reported', () => {
    const { 'clusters/c.morph': _, ...files } = tree('', ['extensions/set-hostname', 'own']);
    const { diagnostics } = convertTree(files);
    expect(
      diagnostics.filter(({ code }) => code === 'configuration-extensions').map(({ message }) => message),
    ).toEqual(['`x` is configured by set-hostname, own, and no cluster that is converted deploys it']);
  });

  test('of the definitions run from their script, which the project carries', () => {
    const text = '#!/bin/sh\nset -e\ncp "$MY_FILE" "$1/etc/"\n';
    const { steps, files, said } = convertTree(
      tree(deploying('type: tar\nMY_FILE: data/file\nOTHER: data/other'), own, {
        ...script(text),
        'data/file': 'x',
        'data/other': 'not asked for',
      }),
    );
    expect(steps(element)).toEqual(['/steps/copy-system', '/steps/extension extensions/own.configure']);
    expect(files.get(`${copies}/extensions/own.configure`)).toMatchObject({
      content: text,
      executable: true,
    });
    expect(files.get(`${copies}/data/file`)?.content).toBe('x');
    expect(files.has(`${copies}/data/other`)).toBe(false);
    expect(
      files.get('files/extensions/manifest')?.content,
    ).toBe(`# Files of the definitions, their copies here, and what these are for
data/file -> definitions/data/file
  # what a variable of clusters/c/d names, for the extension extensions/own
extensions/own.configure -> definitions/extensions/own.configure
  # the script of the extension extensions/own
`);
    expect(said).toHaveLength(1);
  });

  test.each(['own', 'extensions/own'])('are found beside the definitions or in extensions/: %s', (name) => {
    for (const place of ['own.configure', 'extensions/own.configure']) {
      const { steps } = convertTree(tree(deploying('type: tar'), [name], { [place]: '#!/bin/sh\n' }));
      expect(steps(element).at(-1)).toBe(`/steps/extension ${place}`);
    }
  });

  test('whose script is missing are left out, which is said once', () => {
    const cluster = `${deploying('type: tar')}${deploying('type: rawdisk', 'e')}`;
    const { steps, said } = convertTree(tree(cluster, ['extensions/own', 'extensions/set-hostname']));
    expect(steps(element)).toEqual(['/steps/copy-system', '/steps/set-hostname']);
    expect(said.filter((line) => line.startsWith('missing-extension'))).toEqual([
      'missing-extension systems/x.morph:7:3 `x` is configured by `own`, whose script the definitions do not have',
    ]);
    expect(said.filter((line) => line.endsWith('; left to do by hand: own'))).toHaveLength(2);
  });

  test.each(['#!/usr/bin/python', '#!/usr/bin/env python', '#! /usr/bin/env python2.7'])(
    'in Python 2 are left out: %s',
    (shebang) => {
      const { steps, files, said } = convertTree(
        tree(deploying('type: tar'), own, script(`${shebang}\nprint 1\n`)),
      );
      expect(steps(element)).toEqual(['/steps/copy-system']);
      expect(files.has(`${copies}/extensions/own.configure`)).toBe(false);
      expect(said.at(-1)).toMatch(/^extension-needs-python2 extensions\/own.configure:1:1 /);
    },
  );

  test('say what they need that there is not, and where', () => {
    const text = `#!/bin/bash
# git is not run here
if true; then
  git config --global user.name x
fi
chroot "$1" ls
wget http://example.com/
git status
helper() { echo; }
helper
`;
    const { steps, said } = convertTree(tree(deploying('type: tar'), own, script(text)));
    expect(steps(element).at(-1)).toBe('/steps/extension extensions/own.configure');
    expect(said.slice(1).map((line) => line.replace('extensions/own.configure', 'own'))).toEqual([
      'missing-tool own:4:3 extensions/own.configure runs `git`, which the tools of deployments do not have',
      expect.stringMatching(/^needs-root own:6:1 `chroot`/),
      expect.stringMatching(/^needs-network own:7:1 `wget`/),
    ]);
  });

  test.each([
    ['#!/bin/sh', ['pushd', 'frob']],
    ['#!/bin/bash', ['frob']],
  ])('have what their shell has built in, and the programs of the tools: %s', (shebang, missing) => {
    const text = `${shebang}\nls "$1"\nlocal x\npushd x\nfrob x\n`;
    const { said } = convertTree(tree(deploying('type: tar'), own, script(text)));
    const named = said.flatMap((line) => /^missing-tool .* runs `(\w+)`/.exec(line)?.[1] ?? []);
    expect(named).toEqual(missing);
  });

  test.each([
    ['#!/usr/bin/env python3\n', 'needs `python3`', true],
    ['\x7fELF\ufffd', 'is a program', false],
  ])('of another kind are reported', (text, message, isKept) => {
    const { steps, said } = convertTree(tree(deploying('type: tar'), own, script(text)));
    expect(steps(element)).toHaveLength(isKept ? 2 : 1);
    expect(said.at(-1)).toContain(
      `extensions/own.configure ${message}, which the tools of deployments do not have`,
    );
  });

  test('that ask for a file which is not there say so', () => {
    const text = '#!/bin/sh\ncat "$SSH_KEY" "$CONF" "$KIND" "$INITRAMFS_PATH"\n';
    const { said } = convertTree(
      tree(
        deploying(
          'type: tar\nSSH_KEY: keys/me.key\nCONF: x.conf\nKIND: plain\nINITRAMFS_PATH: boot/i.gz\nUNUSED_FILE: no/where',
        ),
        own,
        script(text),
      ),
    );
    expect(said.slice(1)).toEqual([
      'missing-file clusters/c.morph:8:16 `SSH_KEY` of `d` names keys/me.key, which the definitions do not have; `own` asks for it',
      'missing-file clusters/c.morph:9:13 `CONF` of `d` names x.conf, which the definitions do not have; `own` asks for it',
    ]);
  });

  test('are in the project once, whichever deployments they are of', () => {
    const cluster = `${deploying('type: tar')}${deploying('type: rawdisk', 'e')}`;
    const { element: elementAt, files } = convertTree(tree(cluster, own, script('#!/bin/sh\n')));
    const copied = [...files.keys()].filter((path) => path.endsWith('own.configure'));
    expect(copied).toEqual([`${copies}/extensions/own.configure`]);
    for (const path of [element, 'clusters/c/e.bst']) {
      expect(elementAt(path).config).toMatchObject({
        layout: expect.arrayContaining([
          { element: 'base/deployment-extensions.bst', destination: '/extensions' },
        ]) as unknown,
      });
    }
  });

  test('of the definitions that have the name of a common one are not run, and said', () => {
    const { steps, said } = convertTree(
      tree(deploying('type: tar'), ['extensions/hosts', 'install-files'], {
        'extensions/hosts.configure': '#!/usr/bin/python\n',
        'install-files.configure': '#!/usr/bin/python\n',
      }),
    );
    expect(steps(element)).toEqual(['/steps/copy-system', '/steps/hosts']);
    expect(said.slice(1).sort()).toEqual([
      "replaced-extension extensions/hosts.configure:1:1 extensions/hosts.configure is not run: the step `hosts` of deployments does what Baserock's extension of this name does",
      "replaced-extension install-files.configure:1:1 install-files.configure is not run: the step `install-files` of deployments does what Baserock's extension of this name does",
    ]);
  });

  test('that only check are left out', () => {
    const { said } = convertTree(
      tree(deploying('type: extensions/tar'), [], { 'extensions/tar.check': '#!/usr/bin/python\n' }),
    );
    expect(said.at(-1)).toBe(
      'dropped-check extensions/tar.check:1:1 extensions/tar.check is not run: nothing is written to a host',
    );
  });
});

describe('add-config-files', () => {
  test('gets the folder that SRC_CONFIG_DIR names', () => {
    const { files, steps, said } = convertTree(
      tree(deploying('type: tar\nSRC_CONFIG_DIR: config'), ['add-config-files'], {
        'config/a': 'a',
        'config/b/c': 'c',
      }),
    );
    // Texts in memory have no folders: what names one has to say so.
    expect(said.at(-1)).toBe(
      'missing-file clusters/c.morph:8:23 `d` puts the files of config into /etc, and the definitions have none there',
    );
    expect(steps(element)).toEqual(['/steps/copy-system', '/steps/add-config-files']);
    expect([...files.keys()].some((path) => path.startsWith('files/extensions'))).toBe(false);
  });
});
