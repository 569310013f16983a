import { describe, expect, test } from 'vitest';
import { convertTree, tree } from './support.js';

const element = 'clusters/c/d.bst';

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
