import { describe, expect, test } from 'vitest';
import { convertTree, deploying, tree } from './support.js';

const element = 'clusters/c/d.bst';

describe('a deployment', () => {
  test('is a script that starts from its system and ends as its type says', () => {
    const { element: read, said } = convertTree(tree(deploying('type: tar\nlocation: x.tar')));
    expect(read(element)).toMatchObject({
      kind: 'script',
      '(@)': 'include/deployment/tar.yml',
      variables: { 'image-name': 'x.tar' },
      config: {
        layout: [
          { element: 'base/deployment-tools.bst', destination: '/' },
          { element: 'base/deployment-steps.bst', destination: '/steps' },
          { element: 'systems/x.bst', destination: '/buildstream' },
        ],
        commands: { '(<)': ['/steps/copy-system'] },
      },
    });
    expect(said).toEqual(['deployment clusters/c.morph:6:5 `d` becomes clusters/c/d.bst, a tar; complete']);
  });

  test('in BuildStream 2 has locations at its dependencies', () => {
    const { element: read } = convertTree(tree(deploying('type: tar')), {}, 2);
    expect(read(element)['build-depends']).toContainEqual({
      filename: 'systems/x.bst',
      config: { location: '/buildstream' },
    });
  });

  test('brings its templates with it, which a project without one does not have', () => {
    expect(convertTree(tree(deploying('type: tar'))).files.has('include/deployment/tar.yml')).toBe(true);
    const { 'clusters/c.morph': _, ...others } = tree('');
    expect([...convertTree(others).files.keys()].filter((path) => path.includes('deployment'))).toEqual([]);
  });

  test('says what its cluster says of itself', () => {
    const files = tree(deploying('type: tar'));
    files['clusters/c.morph'] =
      `# Weekly.\n${files['clusters/c.morph']!.replace('systems:', 'description: For testers.\nsystems:')}`;
    const text = convertTree(files).files.get(`elements/${element}`)!.content;
    expect(text).toContain('# Weekly.');
    expect(text).toContain('For testers.');
  });

  test.each([
    ['rawdisk', 'disk-image'],
    ['kvm', 'disk-image'],
    ['virtualbox-ssh', 'disk-image'],
    ['openstack', 'disk-image'],
    ['vagrant', 'disk-image'],
    ['extensions/tar', 'tar'],
    ['initramfs', 'initramfs'],
    ['extensions/sysroot', 'tree'],
  ])('of the type %s is written by %s.yml', (type, form) => {
    const { element: read, said } = convertTree(tree(deploying(`type: ${type}\nlocation: a:b`)));
    expect(read(element)['(@)']).toBe(`include/deployment/${form}.yml`);
    expect(said.join('\n')).not.toMatch(/write-extension/);
    const isBrought = ['kvm', 'virtualbox-ssh', 'openstack', 'vagrant'].includes(type);
    expect(said.some((line) => line.startsWith('deployment-transfer'))).toBe(isBrought);
  });

  test.each(['jffs2', 'nfsboot', 'pxeboot', 'ssh-rsync', 'sdk', 'image-package', 'installer'])(
    'of the type %s is a tar, which is said once with advice',
    (type) => {
      const { element: read, diagnostics } = convertTree(tree(deploying(`type: extensions/${type}`)));
      expect(read(element)['(@)']).toBe('include/deployment/tar.yml');
      const [found, ...more] = diagnostics.filter(({ code }) => code === 'unsupported-write-extension');
      expect(more).toEqual([]);
      expect(found!.message).toBe(
        `\`d\` is written by \`${type}\`, which is not converted: it becomes a tar`,
      );
      expect(found!.hint).not.toBe('make of the tar what is wanted');
    },
  );

  test('of a type that nobody knows is a tar, which is said once', () => {
    const { element: read, said } = convertTree(tree(deploying('type: teleport')));
    expect(read(element)['(@)']).toBe('include/deployment/tar.yml');
    expect(said).toEqual([
      'deployment clusters/c.morph:6:5 `d` becomes clusters/c/d.bst, a tar in place of what nobody knows; left to do by hand: teleport',
      'unknown-write-extension clusters/c.morph:7:13 `d` is written by `teleport`, which the definitions do not have: it becomes a tar',
    ]);
    const script = tree(deploying('type: extensions/teleport'), [], {
      'extensions/teleport.write': '#!/bin/sh\n',
    });
    expect(convertTree(script).said.at(-1)).toMatch(
      /a script of the definitions \(extensions\/teleport.write\)/,
    );
    expect(convertTree(tree(deploying('location: x'))).said.join()).toMatch(/`d` has no `type`/);
  });

  test('that only upgrades is reported and not converted', () => {
    const { project, said } = convertTree(
      tree(deploying('upgrade-type: ssh-rsync\nupgrade-location: root@host')),
    );
    expect(project.elements.has(element)).toBe(false);
    expect(said).toEqual([
      'upgrade-only clusters/c.morph:7:21 `d` only upgrades a running system, by `ssh-rsync`',
    ]);
  });

  test('is for the architecture of its system', () => {
    const { element: read } = convertTree(tree('- morph: systems/arm.morph\n  deploy: {d: {type: tar}}\n'));
    expect(JSON.stringify(read(element)['(?)'])).toContain('--option arch armv7lhf');
  });

  test('of a system that is left out is left out', () => {
    const files = tree(`${deploying('type: tar')}- morph: systems/none.morph\n  deploy: {e: {type: tar}}\n`);
    const { project } = convertTree(files, { keepGoing: true });
    expect([...project.elements.keys()].filter((path) => path.startsWith('clusters/'))).toEqual([element]);
  });

  test('cannot have the name of another one of its cluster', () => {
    const { said } = convertTree(tree(`${deploying('type: tar')}${deploying('type: rawdisk')}`));
    expect(said.filter((line) => line.startsWith('name-collision'))).toHaveLength(1);
  });

  test.each([
    ['x.img', 'x.img'],
    ['/images/x.img', 'x.img'],
    ['kvm+ssh://host/vm/srv/x.img', undefined],
    ['root@host', undefined],
    ['/dev/vdb', undefined],
    ['.hidden', undefined],
  ])('at %s is a file of the name %s', (location, name) => {
    const { element: read } = convertTree(tree(deploying(`type: rawdisk\nlocation: ${location}`)));
    expect(read(element).variables?.['image-name']).toBe(name);
  });
});

describe('variables', () => {
  const cluster = `- morph: systems/x.morph
  deploy-defaults: &defaults {type: tar, HOSTNAME: all, A: 1}
  deploy:
    d: {HOSTNAME: one}
    e: {<<: *defaults, B: yes}
`;

  test('come from the deployment, then from deploy-defaults, and merges', () => {
    const { element: read } = convertTree(tree(cluster));
    expect(read(element).environment).toEqual({ HOSTNAME: 'one', A: '1' });
    expect(read('clusters/c/e.bst').environment).toEqual({ HOSTNAME: 'all', A: '1', B: 'True' });
  });

  test('can be given over both, and change the type, too', () => {
    const deployments = { d: { HOSTNAME: 'given', type: 'rawdisk', DISK_SIZE: '1G' }, nobody: { A: '1' } };
    const { element: read, said } = convertTree(tree(cluster), { deployments });
    expect(read(element)['(@)']).toBe('include/deployment/disk-image.yml');
    expect(read(element).environment).toMatchObject({ HOSTNAME: 'given', DISK_SIZE: '1G' });
    expect(said).toContain('bad-option `nobody` is given variables, but there is no such deployment');
  });

  test('are what Python prints', () => {
    const { element: read } = convertTree(
      tree(
        deploying(
          'type: tar\nA: no\nB: null\nC: 1.0\nD: 0x10\nE: [a, {b: it\'s}]\nF: "%{time}"\nG: 1_000\nH: 2015-01-02',
        ),
      ),
    );
    expect(read(element).environment).toEqual({
      A: 'False',
      B: 'None',
      C: '1.0',
      D: '16',
      E: "['a', {'b': \"it's\"}]",
      F: '%{pct}{time}',
      G: '1000',
      H: '2015-01-02',
    });
  });

  test('that bring an image to its host stay out, and so does what makes no sense', () => {
    const { element: read, said } = convertTree(
      tree(
        deploying(
          'type: openstack\nlocation: host\nOPENSTACK_PASSWORD: x\nRAM_SIZE: 1G\nhostname: y\nPATH: /bin',
        ),
      ),
    );
    expect(read(element).environment).toBeUndefined();
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringContaining('`d` is not brought to host (with OPENSTACK_PASSWORD, RAM_SIZE)'),
        expect.stringContaining('`hostname` of `d` is no variable for extensions'),
        expect.stringContaining('`PATH` of `d` would change how the sandbox works'),
      ]),
    );
  });

  test('that look like secrets are reported', () => {
    const values =
      'A_PASSWORD: a\nB_TOKEN: b\nURL: https://u:p@host/\nKEY: |\n  -----BEGIN RSA PRIVATE KEY-----\nSSH_PUBKEY: c\nMY_SECRET: ""\nNO_PASSWORD: no';
    const { said } = convertTree(tree(deploying(`type: tar\n${values}`)));
    expect(said.filter((line) => line.startsWith('secret-value'))).toEqual([
      'secret-value clusters/c.morph:8:19 the values of these variables of `d` look like secrets, and are about to be part of the project: A_PASSWORD, B_TOKEN, URL, KEY',
    ]);
  });
});

test('secrets of a host that an image is brought to are neither written nor told', () => {
  const values = 'type: openstack\nlocation: https://me:hidden@host/v2\nOPENSTACK_PASSWORD: hidden';
  const { files, said } = convertTree(tree(deploying(values)));
  const texts = [...files.values()].map(({ content }) => String(content));
  expect(texts.filter((text) => text.includes('hidden'))).toEqual([]);
  expect(said.filter((line) => /hidden|secret-value/.test(line))).toEqual([]);
  expect(said.find((line) => line.startsWith('deployment-transfer'))).toContain(
    '`d` is not brought to https://me:…@host/v2 (with OPENSTACK_PASSWORD)',
  );
});
