import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeProject } from '../../src/index.js';
import { snapshot, temporaryFolder, told } from '../project/write/support.js';
import { describeCorpus } from '../support/corpus.js';
import { renderCorpus } from '../support/corpus-projects.js';

const strata = 'elements/strata';

/**
 * A project of the definitions of 2015, which ten people changed in ten ways, is converted again from those of 2016.
 * What the definitions of 2016 say of the ten elements was looked up in the corpus by hand.
 */
describeCorpus('a project that was changed by hand, over a year later', () => {
  let out: string;
  let old: Awaited<ReturnType<typeof renderCorpus>>;
  let next: typeof old;
  const read = (path: string) => readFileSync(join(out, path), 'utf8');
  const edit = (path: string, from: string | RegExp, to: string) => {
    const text = read(path);
    const edited = text.replace(from, to);
    expect(edited).not.toBe(text);
    writeFileSync(join(out, path), edited);
    return edited;
  };

  beforeAll(async () => {
    out = join(temporaryFolder(true), 'project');
    [old, next] = [await renderCorpus('v3-2015-06', 2), await renderCorpus('v8-2016-08', 2)];
  });
  afterAll(() => rmSync(join(out, '..'), { recursive: true, force: true }));

  test('keeps each of ten edits', async () => {
    await writeProject(old, out);

    // 1. A command added where the definitions have not changed: a kernel option.
    const kernel = `${strata}/bsp-armv7-highbank/linux-armv7-highbank.bst`;
    const ownKernel = edit(kernel, '  - scripts/config -e EXT4_FS\n', '$&  - scripts/config -e BTRFS_FS\n');
    // 2. A command added below a ref that has changed since: nasm moved from baserock/morph to nasm-2.11.08.
    const nasm = `${strata}/bsp-x86_64-generic/nasm.bst`;
    edit(nasm, /$/, '  build-commands:\n  - make nasm ndisasm\n');
    // 3. A command changed in an element whose ref has changed.
    const syslinux = `${strata}/bsp-x86_64-generic/syslinux.bst`;
    edit(syslinux, '  - make NO_WERROR=1\n', '  - make NO_WERROR=1 CC=gcc-4.9\n');
    // 4. A dependency added to a stack that has lost another one: ceph no longer has boost.
    const ceph = `${strata}/ceph-service.bst`;
    edit(ceph, 'depends:\n', '$&- strata/ceph-service/jemalloc.bst\n');
    // 5. A comment and a variable in an element whose build system has changed: snappy is autotools now.
    const snappy = `${strata}/ceph-service/snappy.bst`;
    edit(snappy, 'sources:\n', 'variables:\n  # Ours is elsewhere.\n  prefix: /opt/snappy\n\nsources:\n');
    // 6. A ref changed that has changed in the definitions too: a conflict.
    const libndp = `${strata}/NetworkManager-common/libndp.bst`;
    edit(libndp, /track: v1\.4\n {2}ref: \w+/, `track: v1.5\n  ref: ${'5'.repeat(40)}`);
    // 7. An element changed that the definitions no longer have.
    const httpd = `${strata}/apache-httpd-server/httpd.bst`;
    const ownHttpd = edit(httpd, 'track: 2.4.10', 'track: 2.4.12');
    // 8. An element removed that has not changed.
    const uboot = `${strata}/bsp-armv5l-openbmc-aspeed/u-boot@aspeed.bst`;
    rmSync(join(out, uboot));
    // 9. An element of the person's own, and its folder.
    const jemalloc = `${strata}/ceph-service/jemalloc.bst`;
    writeFileSync(join(out, jemalloc), 'kind: autotools\n');
    // 10. An alias added to project.conf, which has changed elsewhere: DEFAULTS brought comments.
    edit('project.conf', 'aliases:\n', '$&  mirror: https://mirror.example.com/\n');

    // By default nothing is written, and the conflict is told.
    const edited = snapshot(out);
    const aborted = await writeProject(next, out);
    expect(told(aborted.diagnostics)).toEqual([
      `edit-conflict: ${libndp} was changed by hand and in the definitions, in the same place`,
    ]);
    expect(snapshot(out)).toEqual(edited);

    const result = await writeProject(next, out, { onConflict: 'markers' });
    expect(new Set(told(result.diagnostics))).toEqual(
      new Set([
        `kept-file: ${httpd} is no longer generated, but was changed by hand: it stays`,
        `marked-conflict: ${libndp} has the changes of both, but for one place that both changed`,
        `edited-file: ${kernel} stays as it was changed by hand`,
        `edited-file: ${uboot} stays away, as it was removed by hand`,
        ...[nasm, syslinux, ceph, snappy, 'project.conf'].map(
          (path) => `merged-file: ${path} has the changes of both`,
        ),
      ]),
    );

    const fresh = (path: string) => next.get(path)!.content;
    expect(read(kernel)).toBe(ownKernel);
    expect(read(nasm)).toBe(`${fresh(nasm)}  build-commands:\n  - make nasm ndisasm\n`);
    expect(read(nasm)).toContain('track: nasm-2.11.08\n');
    expect(read(syslinux)).toBe(String(fresh(syslinux)).replace('NO_WERROR=1\n', 'NO_WERROR=1 CC=gcc-4.9\n'));
    expect(read(syslinux)).toContain('track: baserock/syslinux-4.06-gcc5-glibc2.20\n');
    expect(read(ceph)).toContain(
      'depends:\n- strata/ceph-service/jemalloc.bst\n- strata/ceph-service/libaio.bst\n',
    );
    expect(read(ceph)).not.toContain('boost');
    expect(read(snappy)).toMatch(
      /^kind: autotools\n[\s\S]*\n {2}# Ours is elsewhere\.\n {2}prefix: \/opt\/snappy\n/,
    );
    expect(read(libndp)).toMatch(/^kind: autotools\n/);
    expect(read(libndp)).toContain(`<<<<<<< changed by hand
  track: v1.5
  ref: ${'5'.repeat(40)}
=======
  track: v1.6
  ref: 2f721c4ff519f38f46695a60d9f9d88f35bf3c1d
>>>>>>> changed in the definitions
`);
    expect(read(httpd)).toBe(ownHttpd);
    expect(snapshot(out)).not.toHaveProperty([uboot]);
    expect(read(jemalloc)).toBe('kind: autotools\n');
    expect(read('project.conf')).toBe(
      String(fresh('project.conf')).replace('aliases:\n', '$&  mirror: https://mirror.example.com/\n'),
    );

    // Everything else is as if it had been converted anew.
    const touched = [kernel, nasm, syslinux, ceph, snappy, libndp, uboot, 'project.conf'];
    for (const [path, { content }] of next) if (!touched.includes(path)) expect(read(path)).toBe(content);
    const leftOver = Object.keys(snapshot(out)).filter((path) => !next.has(path) && !path.startsWith('.'));
    expect(leftOver.sort()).toEqual([httpd, jemalloc].sort());

    // Until the conflict is decided, nothing more is converted; then all stays.
    const undecided = await writeProject(next, out);
    expect(undecided.diagnostics.map(({ code }) => code)).toEqual(['unresolved-conflict']);
    edit(libndp, /<{7}[\s\S]*={7}\n|>{7}.*\n/g, '');
    const decided = snapshot(out);
    const again = await writeProject(next, out);
    expect(again).toMatchObject({ written: [], removed: [], merged: [] });
    expect(snapshot(out)).toEqual(decided);
  });
});
