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

describe('a disk image', () => {
  test('has what its deployment says', () => {
    const values = `type: rawdisk
DISK_SIZE: 1.5G
KERNEL_ARGS: console=ttyS0
INITRAMFS_PATH: /boot/initramfs.gz
ROOT_DEVICE: /dev/sda2
BOOTLOADER_INSTALL: none
BOOTLOADER_CONFIG_FORMAT: extlinux`;
    const { element: read, said } = convertTree(tree(deploying(values)));
    expect(read(element).variables).toEqual({
      'disk-size': '1536M',
      'kernel-args': 'console=ttyS0',
      'initramfs-path': 'boot/initramfs.gz',
      'root-device': '/dev/sda2',
      bootloader: 'none',
      'bootloader-config': 'extlinux',
      'disk-id': expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    expect(said.filter((line) => line.startsWith('missing-boot-file'))).toEqual([
      'missing-boot-file clusters/c.morph:10:23 `INITRAMFS_PATH` of `d` is boot/initramfs.gz, and nothing puts such a file into the system',
    ]);
  });

  test('has an id of its own', () => {
    const { element: read } = convertTree(
      tree(`${deploying('type: rawdisk')}${deploying('type: kvm', 'e')}`),
    );
    const ids = ['d', 'e'].map((name) => read(`clusters/c/${name}.bst`).variables?.['disk-id']);
    expect(new Set(ids).size).toBe(2);
  });

  test('has no syslinux where that does not boot', () => {
    const { element: read } = convertTree(
      tree('- morph: systems/arm.morph\n  deploy: {d: {type: rawdisk}}\n'),
    );
    expect(read(element).variables).toMatchObject({ bootloader: 'none' });
  });

  test('needs a kernel', () => {
    const files = tree(deploying('type: rawdisk'));
    files['strata/s.morph'] = files['strata/s.morph']!.replace(/cp vmlinuz.*\]/, 'make install]');
    expect(convertTree(files).said).toContain(
      'missing-boot-file clusters/c.morph:6:5 `d` is an image that boots, and no command of the chunks of `x` speaks of a kernel',
    );
  });

  test.each([
    ['DISK_SIZE: plenty', '`plenty` is no size of a disk'],
    ['BOOTLOADER_INSTALL: grub', 'there is no boot loader `grub`'],
    ['BOOTLOADER_CONFIG_FORMAT: grub', 'there is no configuration of boot loaders of the form `grub`'],
  ])('%s is reported', (variable, message) => {
    const { said } = convertTree(tree(deploying(`type: rawdisk\n${variable}`)));
    expect(said.filter((line) => line.startsWith('deployment-variable')).join()).toContain(message);
  });

  test('is another layout than Baserock’s, which is said once for each cluster', () => {
    const { diagnostics } = convertTree(tree(`${deploying('type: rawdisk')}${deploying('type: kvm', 'e')}`));
    const layouts = diagnostics.filter(({ code }) => code === 'deployment-layout');
    expect(layouts.map(({ message }) => message)).toEqual([expect.stringContaining('`d`, `e`')]);
  });

  test('is partitioned as PARTITION_FILE says', () => {
    const partitions = `start_offset: 4096
partition_table_format: mbr
partitions:
- {description: loader, filesystem: none, fdisk_type: 0xa2, number: 3, size: 1M, raw_files: [{file: boot/spl.img}, {file: boot/u-boot.img}]}
- {filesystem: btrfs, mountpoint: /, fdisk_type: 0x83, size: fill, boot: yes}
raw_files:
- {file: boot/env.img, offset_bytes: 512}
- {file: boot/more.img, offset_sectors: 3}
`;
    const cluster = deploying('type: rawdisk\nPARTITION_FILE: partitioning/board');
    const files = tree(cluster, [], { 'partitioning/board': partitions });
    const { element: read, said } = convertTree(files);
    expect(read(element).variables).toMatchObject({
      'partition-table': 'mbr',
      'first-sector': '4096',
      partitions: '2 %{boot-size} c vfat /boot boot\n3 1M a2 none - -\n1 fill 83 ext4 / -\n',
      'raw-files': 'boot/spl.img 3 -\nboot/u-boot.img 3 -\nboot/env.img - 512\nboot/more.img - 1536\n',
    });
    expect(said.filter((line) => line.startsWith('partitioning'))).toEqual([
      expect.stringContaining('has no partition for /boot'),
      expect.stringContaining('asks for btrfs, and the image gets ext4'),
    ]);
    const without = tree(`${cluster}      BOOTLOADER_INSTALL: none\n`, [], {
      'partitioning/board': partitions,
    });
    expect(convertTree(without).element(element).variables?.partitions).toBe(
      '3 1M a2 none - -\n1 fill 83 ext4 / boot\n',
    );
  });

  test.each([
    [undefined, 'missing-file', 'partitioned by p, which is not there'],
    ['- a', 'partitioning', 'p lists no partitions'],
    ['partitions: [{size: 1X}]', 'partitioning', 'partition 1 has no size'],
    ['partition_table_format: sun', 'partitioning', 'there is no partition table `sun`'],
    ['partitions: [{size: 1M}]', 'partitioning', 'p has no partition for /'],
    ['a: [', 'partitioning', ''],
  ])('a PARTITION_FILE of %s is reported', (text, code, message) => {
    const files = tree(
      deploying('type: rawdisk\nPARTITION_FILE: p'),
      [],
      text === undefined ? {} : { p: text },
    );
    const { said, element: read } = convertTree(files);
    expect(said.filter((line) => line.startsWith(`${code} `)).join('\n')).toContain(message);
    expect(Object.keys(read(element).variables ?? {})).toEqual(['disk-id']);
  });
});

describe('a subsystem', () => {
  const nested = `- morph: systems/x.morph
  deploy: {d: {type: rawdisk, INITRAMFS_PATH: boot/i.gz}}
  subsystems:
  - morph: systems/small.morph
    deploy: {i: {type: initramfs, location: /boot/i.gz}}
  - morph: systems/small.morph
    deploy: {root: {type: sysroot, location: rootfs/, HOSTNAME: inner}}
    subsystems:
    - morph: systems/small.morph
      deploy: {inner: {type: initramfs, location: boot/i.gz}}
`;

  test('is a deployment of its own, put into the system before it is configured', () => {
    const { element: read, steps, said } = convertTree(tree(nested, ['extensions/set-hostname']));
    expect(steps(element)).toEqual([
      '/steps/copy-system',
      '/steps/add-subsystem i boot/i.gz',
      '/steps/add-subsystem root rootfs',
      '/steps/set-hostname',
    ]);
    expect((read(element).config as { layout: object[] }).layout).toContainEqual({
      element: 'clusters/c/d/root.bst',
      destination: '/subsystems/root',
    });
    expect(read('clusters/c/d/root.bst')).toMatchObject({
      '(@)': 'include/deployment/tree.yml',
      environment: { HOSTNAME: 'inner' },
    });
    expect(steps('clusters/c/d/root.bst')).toContain('/steps/add-subsystem inner boot/i.gz');
    expect(said).toEqual([
      'deployment clusters/c.morph:5:12 `d` becomes clusters/c/d.bst, a disk image; complete, but for upgrades in place',
    ]);
  });

  test('of another architecture is a folder that a person fills', () => {
    const {
      element: read,
      said,
      files,
    } = convertTree(
      tree(`- morph: systems/x.morph
  deploy: {d: {type: tar}}
  subsystems:
  - morph: systems/arm.morph
    deploy: {arm: {type: sysroot, location: arm}}
`),
    );
    expect(read('clusters/c/d/arm/tree.bst')).toMatchObject({
      kind: 'import',
      sources: [{ kind: 'local', path: 'files/subsystems/arm' }],
    });
    expect((read(element).config as { layout: object[] }).layout).toContainEqual({
      element: 'clusters/c/d/arm/tree.bst',
      destination: '/subsystems/arm',
    });
    expect(files.get('files/subsystems/arm.README')?.content).toContain(
      'bst --option arch armv7lhf build clusters/c/d/arm.bst',
    );
    expect(said.join('\n')).toContain('left to do by hand: files/subsystems/arm');
    expect(said.join('\n')).toContain('`arm` is for armv7lhf, and is put into `d`, which is for x86_64');
  });

  test.each(['', ', location: ""', ', location: ../x'])('needs a location%s', (location) => {
    const { steps, said } = convertTree(
      tree(`- morph: systems/x.morph
  deploy: {d: {type: tar}}
  subsystems: [{morph: systems/small.morph, deploy: {i: {type: initramfs${location}}}}]
`),
    );
    expect(steps(element)).toEqual(['/steps/copy-system']);
    expect(said.filter((line) => line.startsWith('deployment-variable'))).toHaveLength(1);
  });
});
