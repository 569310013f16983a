import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Corpus, corpora, corpusFolder, describeCorpus } from '../support/corpus.js';
import { convertCorpus, loadCorpus } from '../support/corpus-projects.js';

/**
 * What needs root, a host, git or a network in real trees, or is not kept: by code, the lines of each file below
 * `strata/`, found by searching the trees for the words and reading every line that has one. What makes gems stands
 * apart: see below.
 */
const wanted: Readonly<Record<Corpus, Readonly<Record<string, string>>>> = {
  'v8-2016-08': {
    'lost-setuid': 'build-essential/busybox 75, build-essential/stage2-busybox 80',
    'lost-mode': `build-essential/fhs-dirs 7, build-essential/stage2-fhs-dirs 9, cross-bootstrap/openssh 23,
      fail2ban-common/fail2ban 5 6, foundation/openssh 24, openstack-services/ceilometer 11 19,
      openstack-services/cinder 9 17, openstack-services/ironic 14, openstack-services/neutron 23,
      openstack-services/nova 12 20`,
    'root-owner': `build-essential/glibc 92 100, build-essential/stage2-glibc 46, chef/sgdisk 6,
      virtualbox-guest-x86_64/vboxguest 15 16 17 19`,
    account: `geolocation/geoclue 12 13, gnome/gdm 21 22, gnome/gnome-initial-setup 9, ntpd/ntpd 50 51,
      privileges-management/polkit 9 10, sound-server-pulseaudio/avahi 12 13 14,
      sound-server-pulseaudio/pulseaudio 15 16 17 18, virtualization/libvirt 30`,
    'needs-git': `../genivi/strata/genivi-demo-platform/audiomanager-poc 4,
      bsp-armv7l-altera-socfpga-devkit/linux-armv7l-altera-socfpga-devkit 4,
      bsp-armv7l-altera-socfpga-devkit/u-boot-tools@socfpga-devkit 4`,
  },
  // bsp-jetson/bsp-support 4 is `install -o 0` too, but no stratum lists that chunk.
  'v3-2015-06': {
    'lost-setuid': 'build-essential/busybox 66, build-essential/stage2-busybox 72',
    'lost-mode': `build-essential/fhs-dirs 7, build-essential/stage2-fhs-dirs 9, cross-bootstrap/openssh 23,
      foundation/openssh 23, openstack-services/ceilometer 11 19, openstack-services/cinder 9 17,
      openstack-services/ironic 14, openstack-services/neutron 23, openstack-services/nova 12 20`,
    'root-owner': `build-essential/glibc 90 98, build-essential/stage2-glibc 44, chef/sgdisk 6,
      virtualbox-guest-x86_64/vboxguest 15 16 17 19`,
    account: 'ntpd/ntpd 50 51, virtualization/libvirt 30',
  },
  'v0-2015-03': {
    'lost-setuid': 'build-essential/busybox 66, build-essential/stage2-busybox 72',
    'lost-mode': `build-essential/fhs-dirs 7, build-essential/stage2-fhs-dirs 9, cross-bootstrap/openssh 23,
      foundation/openssh 23, gitlab/gitlab-ce 6, gitlab/gitlab-ci 6, gitlab/gitlab-shell 6`,
    'root-owner': `bsp-jetson/bsp-support 4, build-essential/glibc 86, chef/sgdisk 6,
      virtualbox-guest-x86_64/vboxguest 15 16 17 19`,
    account: 'patch-manager-gerrit/gerrit-installation-binaries 17, virtualization/libvirt 27',
    'needs-root': 'patch-manager-gerrit/gerrit-installation-binaries 20 22 23',
    // The later trees have --no-same-owner at the same commands.
    'archive-owners': `patch-manager-gerrit/gerrit-installation-binaries 11, tools/lsof 4, zookeeper/java-binary 9`,
    'needs-git': 'x-generic/util-keysyms 4',
  },
  'unversioned-2014-10': {
    'lost-setuid': 'build-essential/busybox 71, build-essential/stage2-busybox 72',
    'lost-mode': `build-essential/fhs-dirs 7, build-essential/stage2-fhs-dirs 9, cross-bootstrap/openssh 23,
      foundation/openssh 23, gitlab/gitlab-ce 6, gitlab/gitlab-ci 6, gitlab/gitlab-shell 6`,
    'root-owner': `bsp-jetson-devel/bsp-support 4, bsp-jetson-genivi/bsp-support 4, build-essential/eglibc 62,
      virtualbox-guest-x86_64/vboxguest 15 16 17 19`,
    account: 'patch-manager-gerrit/gerrit-installation-binaries 17',
    'needs-root': 'patch-manager-gerrit/gerrit-installation-binaries 20 22 23',
    'archive-owners': 'patch-manager-gerrit/gerrit-installation-binaries 11, tools/lsof 4',
    'needs-git': 'x-generic/util-keysyms 4',
  },
};

/** No real command asks a server or needs a running system. */
const codes = [
  ...['needs-root', 'root-owner', 'archive-owners', 'lost-setuid', 'lost-mode', 'account'],
  ...['needs-host', 'needs-git', 'needs-network'],
];

function expand(lists: Readonly<Record<string, string>>): string[] {
  return Object.entries(lists).flatMap(([code, list]) =>
    list.split(/,\s*/).flatMap((item) => {
      const [stem, ...lines] = item.split(' ');
      const file = stem!.startsWith('../') ? `${stem!.slice(3)}.morph` : `strata/${stem}.morph`;
      return lines.map((line) => `${code} ${file}:${line}`);
    }),
  );
}

describeCorpus('what commands need', () => {
  test.each(corpora)('%s: is reported where it stands, and nothing else is', async (corpus) => {
    const definitions = await loadCorpus(corpus);
    const found = (await convertCorpus(corpus)).diagnostics.filter(({ code }) => codes.includes(code));
    const text = (file: string) => readFileSync(`${corpusFolder(corpus)}/${file}`, 'utf8').split('\n');
    const isGem = /^- (?:\w+=\w+ )?(?:gem build|rake (?:gem|build))/;
    const gems = found.filter(({ place }) => isGem.test(text(place!.file)[place!.line - 1]!));
    const shown = (each: (typeof found)[number]) => `${each.code} ${each.place!.file}:${each.place!.line}`;
    expect(
      found
        .filter((each) => !gems.includes(each))
        .map(shown)
        .sort(),
    ).toEqual(expand(wanted[corpus]).sort());

    const used = new Set(definitions.strata.flatMap(({ chunks }) => chunks.map(({ file }) => file)));
    const gemLines = [...definitions.files.keys()]
      .filter((file) => used.has(file))
      .flatMap((file) =>
        text(file).flatMap((line, index) => (isGem.test(line) ? [`needs-git ${file}:${index + 1}`] : [])),
      );
    expect(gems.map(shown).sort()).toEqual(gemLines.sort());
    expect(gems.length).toBe({ 'unversioned-2014-10': 1 }[corpus as string] ?? 34);
  });
});
