/**
 * How much a diagnostic matters: `error`, wrong in the definitions, so that nothing is written (unless Baserock passes
 * over it, and so does the conversion); `manual`, converted, but a person has something left to do; `warning`, converted in a way that deserves a look; `info`, worth knowing.
 */
export type Severity = 'error' | 'manual' | 'warning' | 'info';

export interface Entry {
  readonly severity: Severity;
  /** What it means, for someone who meets the code for the first time. */
  readonly meaning: string;
  /** What to do about it. */
  readonly advice: string;
  /** What raises it: a piece of a definition, a command line, or a message. */
  readonly example: string;
  /** For an error that Baserock passes over without a word: it does not keep anything from being converted. */
  readonly isPassedOver?: boolean;
  /** The lines that it lies in are not quoted: logs and reports go to more people than the definitions. */
  readonly isUnquoted?: boolean;
}

/** Every diagnostic there is. The order is that of a conversion: reading, linking, converting, writing. */
export const catalogue = {
  // Reading the definitions
  'no-definitions': {
    severity: 'error',
    meaning: 'The folder is missing, cannot be read, or holds no definitions (`.morph` files).',
    advice: 'name the root folder of a Baserock definitions repository',
    example: 'baserock2bst convert ~/downloads project',
  },
  'unreadable-file': {
    severity: 'error',
    meaning: 'A definition file exists but cannot be read, or is not UTF-8 text.',
    advice: 'check its permissions and its encoding',
    example: 'strata/core.morph in Latin-1, or without permission to read it',
  },
  'yaml-syntax': {
    severity: 'error',
    meaning: 'The file is not valid YAML 1.1, so nothing in it can be understood.',
    advice: 'correct the YAML; tabs used as indentation and missing quotes are the usual causes',
    example: 'description: [not closed',
  },
  'merge-conflict': {
    severity: 'error',
    meaning:
      'The file holds the markers of a merge that was never resolved, so nothing in it can be trusted.',
    advice: 'resolve the merge: keep one side, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`',
    example: '<<<<<<< HEAD\n- name: gtk+\n=======\n- name: gtk3\n>>>>>>> gtk3',
  },
  'duplicate-key': {
    severity: 'manual',
    meaning:
      'A mapping has the same key twice. ybd and morph silently take the last one, and so does the conversion.',
    advice: 'the last one is used: keep the value that is meant and remove the other',
    example: 'build-depends: [zlib]\nbuild-depends: [libpng]',
  },
  'wrong-type': {
    severity: 'error',
    meaning: 'A field holds a value of another type than the definitions format has for it.',
    advice: 'write the value in the form that the format wants',
    example: 'build-commands: make        # a list is wanted: [make]',
  },
  'missing-field': {
    severity: 'error',
    meaning: 'A field that the definitions format requires is not there.',
    advice: 'add the field',
    example: 'kind: system               # without arch:',
  },
  'unknown-kind': {
    severity: 'error',
    meaning: 'The `kind` of a definition is none of chunk, stratum, system and cluster.',
    advice: 'correct the kind, or move the file out of the definitions',
    example: 'kind: stratus',
  },
  'unknown-format-version': {
    severity: 'warning',
    meaning: 'VERSION names a version of the definitions format that this tool does not know.',
    advice: 'the tree is read as the newest version that is known; check the result',
    example: 'version: 42',
  },
  'unknown-field': {
    severity: 'warning',
    meaning: 'A field is none of those that the definitions format knows. ybd refuses the whole tree.',
    advice: 'correct the name, or remove the field: its value has no effect',
    example: 'unpretrify-ref: master     # unpetrify-ref is meant',
  },
  'field-newer-than-format': {
    severity: 'warning',
    meaning: 'A field is used that the format version named in VERSION did not have yet.',
    advice: 'the field takes effect; raise VERSION if that is meant',
    example: 'version: 3 in VERSION, and build-system: cmake in a stratum',
  },
  // What definitions refer to
  'missing-definition': {
    severity: 'error',
    meaning: 'A stratum or system refers to a file that does not exist.',
    advice: 'correct the path, or add the file',
    example: 'strata:\n- morph: strata/corr.morph',
  },
  'missing-chunk-file': {
    severity: 'manual',
    meaning: 'A stratum names a chunk file that does not exist. ybd warns and builds the chunk without it.',
    advice: 'add the file, or write the build commands into the generated element',
    example: '- name: bash\n  morph: strata/core/bash.morph      # no such file',
  },
  'overridden-field': {
    severity: 'warning',
    meaning:
      'A chunk’s own file and its entry in a stratum give different values for a field. The entry counts.',
    advice: 'keep the field in one of the two places',
    example:
      '- name: bash              # and build-system: cmake in strata/core/bash.morph\n  build-system: autotools',
  },
  'missing-system': {
    severity: 'manual',
    meaning: 'A cluster deploys a system whose file does not exist.',
    advice: 'add the system, or remove the deployment',
    example: 'systems:\n- morph: systems/gone.morph',
  },
  'wrong-kind': {
    severity: 'error',
    meaning: 'A reference leads to a definition of another kind than is wanted there.',
    advice: 'refer to a definition of the right kind',
    example: 'strata:\n- morph: systems/base.morph',
  },
  'outside-tree': {
    severity: 'error',
    meaning: 'A path is absolute, or leaves the definitions through `..` or through a link.',
    advice: 'use a path below the root of the definitions',
    example: 'morph: ../elsewhere/bash.morph',
  },
  'missing-chunk': {
    severity: 'error',
    meaning: 'A chunk build-depends on a chunk that its stratum does not list.',
    advice: 'correct the name, or add the chunk to the stratum',
    example: '- name: bash\n  build-depends: [ncurses]           # not in this stratum',
  },
  'duplicate-chunk': {
    severity: 'error',
    meaning: 'A stratum lists two chunks of one name.',
    advice: 'rename one of them',
    example: 'chunks:\n- name: bash\n- name: bash',
  },
  'dependency-cycle': {
    severity: 'error',
    meaning: 'Definitions depend on each other in a circle, so that none of them can be built first.',
    advice: 'remove one of the dependencies in the circle',
    example: '- name: bash\n  build-depends: [readline]\n- name: readline\n  build-depends: [bash]',
  },
  // Where sources are
  'source-servers': {
    severity: 'info',
    meaning:
      'Which aliases the repositories of the definitions use, and how often. git.baserock.org, behind `upstream` and `baserock`, is gone.',
    advice: 'name servers that have the repositories with --alias NAME=URL',
    example: 'repositories by alias: baserock 15, github 1, upstream 1064',
  },
  'missing-repo': {
    severity: 'manual',
    meaning: 'A chunk has no repository or nothing that says which commit of it to build.',
    advice: 'add `repo` and `ref` to the chunk in its stratum',
    example: '- name: bash\n  build-system: autotools',
  },
  'rewritten-url': {
    severity: 'warning',
    meaning:
      'A repository is given in the short form of ssh, `user@host:path`, in which BuildStream sees an alias. It is written as a URL, whose path starts at the root of the server and not in the home folder of the user; the servers of projects take both for the same.',
    advice: 'check that the URL leads to the repository',
    example: 'repo: git@gitlab.example.org:baserock/morph.git',
  },
  'unknown-alias': {
    severity: 'error',
    meaning: 'A repository uses an alias that neither ybd knows nor the command line defines.',
    advice: 'define it with --alias NAME=URL',
    example: 'repo: gitlab:bash',
  },
  // Names, and what becomes of them in the project
  'bad-name': {
    severity: 'error',
    meaning: 'A name cannot become part of a file name of the project.',
    advice: 'rename it',
    example: '- name: ".."',
  },
  'changed-name': {
    severity: 'info',
    meaning:
      'A name has characters in it that BuildStream does not take in the name of an element. They are written as `~`, their code point and `~`.',
    advice: 'rename the definition if the element is to have a plain name',
    example: '- name: gtk:3           # becomes gtk~3a~3.bst',
  },
  'name-collision': {
    severity: 'error',
    meaning: 'Two definitions would become the same file of the project.',
    advice: 'rename one of them',
    example: 'a stratum strata/core/bash.morph beside the chunk bash of strata/core.morph',
  },
  'case-collision': {
    severity: 'warning',
    meaning: 'Two files of the project differ in case only, which some file systems take for one.',
    advice: 'rename one of the definitions if the project is to be used on macOS or Windows',
    example: '- name: bash\n- name: Bash',
  },
  'unknown-architecture': {
    severity: 'warning',
    meaning: 'A system is for an architecture that Baserock does not know.',
    advice: 'it is added to the project option; check TARGET in project.conf',
    example: 'arch: riscv64',
  },
  'unused-definition': {
    severity: 'info',
    meaning: 'A chunk file that no stratum lists. It is not converted, as ybd would not build it.',
    advice: 'remove the file, or list the chunk in a stratum',
    example: 'strata/core/zsh.morph, which strata/core.morph does not list',
  },
  'ignored-chunk-file': {
    severity: 'warning',
    meaning:
      'A chunk has no `morph:`, yet a file stands where one by convention would. ybd ignores the file, and so does the conversion.',
    advice: 'add `morph:` to the chunk if the file is meant, or remove the file',
    example: '- name: bash              # without morph:, beside strata/core/bash.morph',
  },
  // How chunks are built, and from what
  'unknown-build-system': {
    severity: 'manual',
    meaning:
      'The chunk names no build system, and its own commands leave steps open. ybd looks at its sources to find out; without them the element gets no commands for these steps.',
    advice: 'name it with --build-system CHUNK=KIND, or point --sources at local mirrors of the repositories',
    example: '- name: bash\n  repo: upstream:bash       # without build-system:, in a tree without DEFAULTS',
  },
  'unknown-strip-commands': {
    severity: 'warning',
    meaning:
      'The chunk names no build system but has commands of its own for every other step. ybd looks at its sources to find out whether to strip; the element does not strip.',
    advice: 'name it with --build-system CHUNK=KIND if its binaries are to be stripped',
    example:
      'configure-commands: [...]\nbuild-commands: [...]\ninstall-commands: [...]   # without build-system:, in a tree without DEFAULTS',
  },
  'undefined-build-system': {
    severity: 'error',
    meaning: 'A chunk names a build system that neither DEFAULTS nor ybd defines.',
    advice: 'define it in DEFAULTS, or correct the name',
    example: 'build-system: waf',
  },
  'unpinned-ref': {
    severity: 'warning',
    meaning: 'A chunk is built from a branch or a tag instead of a commit, so what is built can change.',
    advice:
      'run `bst source track` on the element (`bst track` in BuildStream 1), or convert with --resolve-refs',
    example: 'ref: master',
  },
  'unresolved-ref': {
    severity: 'warning',
    meaning: 'A branch or tag could not be looked up in its repository.',
    advice: 'check the repository; --alias NAME=URL names another server',
    example: 'ref: a-branch-that-was-removed',
  },
  'same-name-chunks': {
    severity: 'warning',
    meaning:
      'Two chunks of one name but different strata are staged together. ybd silently leaves the second one out; BuildStream stages both.',
    advice: 'rename one of them, or make sure that their files do not overlap',
    example: 'a chunk ipmitool in strata/tools.morph and another in strata/cxmanage.morph',
  },
  // The base, and what else stands in for strata
  'base-replaced': {
    severity: 'info',
    meaning:
      'The stratum that bootstraps the toolchain uses tools of the host, which BuildStream does not have. The elements of base/ stand in for it.',
    advice: 'read base/README.md in the project before the first build',
    example: 'build-mode: bootstrap',
  },
  'bootstrap-needs-strata': {
    severity: 'manual',
    meaning:
      'With --base bootstrap, the stratum that bootstraps the toolchain is itself built on other strata, which its elements below base/ do not stage.',
    advice: 'add to these elements what they need of it, or convert with --base sysroot',
    example: 'build-depends:\n- morph: strata/tools.morph',
  },
  'stratum-replaced': {
    severity: 'info',
    meaning:
      'The command line puts an element of your own in the place of a stratum and of all that it is built on.',
    advice:
      'see that the element is in the project; with `(@): include/whole.yml` systems that select artifacts hold all of it',
    example: '--rebase strata/core.morph=my-core.bst',
  },
  'base-artifacts': {
    severity: 'manual',
    meaning:
      'A system selects artifacts of the bootstrap stratum for which the base that replaces it has no part of its own. It is taken whole.',
    advice: 'leave out of the system what is not wanted of the base',
    example: '- morph: strata/build-essential.morph\n  artifacts: [build-essential-tests]',
  },
  'base-part': {
    severity: 'info',
    meaning:
      'A system selects artifacts of the bootstrap stratum. It holds the part of the base that comes nearest to them; its files are not Baserock’s.',
    advice: 'see which files these are in elements/base/sysroot.bst; its split rules can be edited',
    example: '- morph: strata/build-essential.morph\n  artifacts: [build-essential-minimal]',
  },
  'base-extra': {
    severity: 'warning',
    meaning:
      'Packages were added to the base. The system holds them, and they can hide that a chunk does not declare what it needs.',
    advice: 'leave --base-extra out once the definitions bring these tools themselves',
    example: '--base-extra python3,cmake',
  },
  // Artifacts
  'unknown-selection': {
    severity: 'error',
    isPassedOver: true,
    meaning:
      'A system selects an artifact that the stratum does not have. ybd and morph silently take nothing for it, and so does the conversion.',
    advice: 'correct the name of the artifact',
    example: '- morph: strata/core.morph\n  artifacts: [core-openssl]      # core-runtime is meant',
  },
  'empty-selection': {
    severity: 'warning',
    meaning:
      'The artifacts that a system selects of a stratum come to no files of any of its chunks. The system does not depend on the stratum; only its integration commands are run, as ybd does.',
    advice: 'select other artifacts, or take the stratum out of the system',
    example: '- morph: strata/core.morph\n  artifacts: [core-openssl]      # which there is not',
  },
  'unknown-assignment': {
    severity: 'error',
    isPassedOver: true,
    meaning:
      'A stratum assigns an artifact that the chunk does not produce, or assigns one to an artifact which the stratum does not have. It has no effect.',
    advice: 'correct the name of the artifact',
    example: '- name: glibc\n  artifacts:\n    glibc-lib: build-essential-minimal      # glibc-libs is meant',
  },
  'approximate-split-rule': {
    severity: 'warning',
    meaning:
      'The files of an artifact are described by a regular expression, in BuildStream by globs. No globs match just the same paths; the narrowest ones that match all of them are used.',
    advice: 'check that the artifact has no files which only the globs match; `split-rules` can be edited',
    example: '- (usr/)?lib/lib[^/]*\\.so(\\.\\d+)*      # lib*.so.[0-9]*[0-9] matches libc.so.0-0 as well',
  },
  'overlapping-split-rules': {
    severity: 'warning',
    meaning:
      'Of two rules that match the same files the first one counts in Baserock. Here that cannot be said in globs, so that in BuildStream the files are part of both artifacts.',
    advice: 'check that no system selects just one of the artifacts, or narrow the rules',
    example:
      'products:\n- artifact: bash-debug\n  include: [lib/.*debug.*]\n- artifact: bash-libs\n  include: [lib/.*\\.so]',
  },
  'unknown-artifact': {
    severity: 'warning',
    meaning:
      'System integration commands are tied to an artifact that the chunk does not produce. ybd runs them, morph does not; they are kept.',
    advice: 'correct the name of the artifact, or remove the commands',
    example:
      'system-integration:\n  ModemManager-misc:        # on the chunk NetworkManager\n    00-enable: [systemctl enable ModemManager]',
  },
  'unselected-integration': {
    severity: 'warning',
    meaning:
      'System integration commands run in a system that does not hold the artifact which they belong to. ybd runs them nevertheless, morph does not; they are kept.',
    advice: 'if the commands fail without those files, let the system select the artifact, or remove them',
    example:
      '- morph: strata/core.morph\n  artifacts: [core-devel]        # without ca-certificates-misc and its 00-update-ca-certs',
  },
  'integration-order': {
    severity: 'warning',
    meaning:
      'Baserock runs the integration commands of a system in the order of the names of their scripts, BuildStream in the order of dependencies. Here two commands whose numbers differ change places.',
    advice: 'check whether the order matters; --integration system keeps it exactly',
    example: '`01-compile-schemas-glib-misc` runs before `00-add-avahi-user-avahi-misc`',
  },
  // What commands do that the sandbox or artifacts do not
  'device-nodes': {
    severity: 'manual',
    meaning:
      'A chunk declares device nodes, which the sandbox of BuildStream cannot make. Deployments make them in what they write.',
    advice: 'nothing is left to do for deployments; elsewhere leave them to devtmpfs',
    example:
      "devices:\n- {type: c, filename: /dev/console, major: 5, minor: 1, uid: 0, gid: 0, permissions: '0600'}",
  },
  'base-integration': {
    severity: 'manual',
    meaning:
      'A chunk of the stratum that bootstraps the toolchain has system integration commands. It is replaced by the base, and so nothing carries them.',
    advice:
      'add the commands to elements/base.bst if the base needs them, or convert with --integration system',
    example: 'system-integration of strata/build-essential/glibc.morph',
  },
  'needs-root': {
    severity: 'manual',
    meaning:
      'A command needs rights that the sandbox of BuildStream does not give. There is one user in it, root, and that only by name: changing owners to anybody else and making devices fail, and with them the build. So do mounting and the like under BuildStream 2, whose sandbox gives no capabilities at all.',
    advice: 'remove the command, and see to it when the system starts or when its image is made',
    example: 'install-commands:\n- chown daemon "$DESTDIR/var/spool/at"',
  },
  'root-owner': {
    severity: 'info',
    meaning:
      'A command gives files to root. The sandbox allows that, and it changes nothing: all files in artifacts belong to root.',
    advice: 'nothing has to be done; the options can be removed',
    example: 'install-commands:\n- install -o root -g root -m 755 sgdisk "$DESTDIR/usr/bin"',
  },
  'archive-owners': {
    severity: 'warning',
    meaning:
      'GNU tar, run as root, gives what it extracts to the owners that the archive names. In the sandbox there is only root, and tar fails for all others.',
    advice: 'add --no-same-owner',
    example: 'build-commands:\n- tar xf source.tar',
  },
  'lost-setuid': {
    severity: 'manual',
    meaning:
      'A command makes a file setuid or setgid. Artifacts of BuildStream keep only whether a file is executable, so the program runs with the rights of its caller. Deployments give the modes again where the files are known.',
    advice: 'set the mode when the system starts or when its image is made',
    example: 'install-commands:\n- chmod 4755 "$DESTDIR/bin/su"',
  },
  'lost-mode': {
    severity: 'warning',
    meaning:
      'A command gives installed files a mode that artifacts of BuildStream do not keep. They are 755 if executable, else 644: what was private can be read by all, and what could be written by others no longer can.',
    advice:
      'if it matters, set the mode when the system starts (a line `z <path> <mode>` in /usr/lib/tmpfiles.d) or when its image is made',
    example: 'install-commands:\n- install -m 600 server.key "$DESTDIR/etc/ssl/private"',
  },
  account: {
    severity: 'warning',
    meaning:
      'System integration changes the accounts of a system. That works where a system is put together, but no file of it can belong to the account: its home folder belongs to root. It fails if the files of the base have the account or its number already.',
    advice:
      'give folders to the account when the system starts: a line `d <path> 0750 <user> <group>` in /usr/lib/tmpfiles.d',
    example: 'system-integration:\n  avahi-misc:\n    00-user: [useradd -g avahi avahi]',
  },
  'needs-host': {
    severity: 'manual',
    meaning:
      'A command needs the machine that it runs on: its kernel, its disks, or services of a running system. A sandbox has none of them, or those of the machine that builds.',
    advice: 'leave it to the system when it runs',
    example: 'system-integration:\n  sshd-misc:\n    00-start: [systemctl start sshd]',
  },
  'needs-git': {
    severity: 'manual',
    meaning:
      'A command needs the git repository of its sources. BuildStream 1 stages `.git`, BuildStream 2 does not.',
    advice: 'do without git, or make a repository first: `git init -q . && git add -A`',
    example: 'pre-configure-commands:\n- git status',
  },
  'needs-network': {
    severity: 'manual',
    meaning: 'A command asks a server. Builds have no network, neither with ybd nor with BuildStream.',
    advice: 'make what it fetches a source of the element',
    example: 'build-commands:\n- wget https://example.com/data.tar.gz',
  },
  // Systems, and their deployment
  'foreign-arch': {
    severity: 'info',
    meaning: 'A system is for another architecture than the machine that converts it.',
    advice: 'build it on a native or a remote worker with the option it asks for',
    example: 'arch: armv7lhf            # on a PC',
  },
  'configuration-extensions': {
    severity: 'manual',
    meaning:
      'A system names configuration extensions, which run when it is deployed, and no cluster that is converted deploys it. The system is converted, its configuration is not.',
    advice: 'write a cluster that deploys it, and convert that',
    example: 'configuration-extensions:\n- extensions/set-hostname',
  },
  deployment: {
    severity: 'info',
    meaning: 'What became of a deployment, and what of it is left to do by hand.',
    advice: 'build the element; where something is left to do, other diagnostics say where and why',
    example: '`image` becomes clusters/release/image.bst, a disk image; complete',
  },
  'upgrade-only': {
    severity: 'manual',
    meaning:
      'A deployment has no `type`, only `upgrade-type`: it brings a new version to a running Baserock system. There is nothing that it could become.',
    advice: 'build the system as an image, and replace the running one by it',
    example: 'self:\n  upgrade-type: extensions/ssh-rsync\n  upgrade-location: root@127.0.0.1',
  },
  'unknown-write-extension': {
    severity: 'manual',
    meaning:
      'A deployment is written by an extension that is none of Baserock’s, or it names none. It becomes a tar file of the system.',
    advice: 'make of the tar what is wanted, or name another type',
    example: 'type: extensions/teleport',
  },
  'unsupported-write-extension': {
    severity: 'manual',
    meaning:
      'A deployment is written in a way that has no counterpart: to a flash file system, a server, a package. It becomes a tar file of the system, with the owners and modes that it should have.',
    advice: 'make of the tar what is wanted',
    example: 'type: extensions/jffs2',
  },
  'deployment-transfer': {
    severity: 'manual',
    meaning: 'A deployment brings its image to a host. The image is made; a build brings nothing anywhere.',
    advice: 'build the element, check out the image and bring it to the host',
    example: 'type: extensions/kvm\nlocation: kvm+ssh://192.168.122.1/tiny/srv/tiny.img',
  },
  'deployment-layout': {
    severity: 'manual',
    meaning:
      'Baserock writes disk images as btrfs with a subvolume for each version of the system, so that it can be upgraded in place. The images of the conversion are ext4, and are replaced as a whole.',
    advice: 'upgrade by a new image, and keep what has to survive on another disk or partition',
    example: 'type: extensions/rawdisk',
  },
  'mixed-arch-deployment': {
    severity: 'manual',
    meaning:
      'A subsystem is for another architecture than the system that it is put into. One project loads for one architecture at a time.',
    advice: 'build the subsystem for its architecture, and put its files where the message says',
    example: 'arch: x86_64      # and of a subsystem: armv7lhf',
  },
  'missing-extension': {
    severity: 'manual',
    meaning:
      'A system is configured by an extension that is none of the common ones, and its script is not in the definitions. The step is left out.',
    advice: 'put the script into the definitions, or do what it did in another way',
    example:
      'configuration-extensions:\n- extensions/cloud-init      # there is no extensions/cloud-init.configure',
  },
  'extension-needs-python2': {
    severity: 'manual',
    meaning: 'An extension is written in Python 2, which no system has any more. The step is left out.',
    advice: 'write it anew, as a shell script if that will do',
    example: '#!/usr/bin/env python      # extensions/trove.configure',
  },
  'missing-tool': {
    severity: 'manual',
    meaning:
      'The script of an extension runs a program that the tools of deployments do not have. The step fails where it gets there.',
    advice: 'do without it, or add its Debian package to base/tools-packages and make the tools again',
    example: 'git config --global user.name x      # extensions/mason.configure',
  },
  'missing-file': {
    severity: 'manual',
    meaning:
      'A deployment needs a file that is not in the definitions: one that a manifest of install-files lists, or that a variable names. It is left out.',
    advice: 'put the file into the definitions',
    example: '0100644 0 0 /etc/motd      # there is no install-files/x/etc/motd',
  },
  'bad-manifest': {
    severity: 'manual',
    meaning: 'A line of a manifest of install-files cannot be understood, and is left out.',
    advice: 'write `[template] [overwrite] MODE UID GID /path`, the mode with the type of the file: 0100644',
    example: '644 root root /etc/motd',
  },
  'unknown-template': {
    severity: 'manual',
    meaning:
      'A template of install-files uses more of Jinja2 than variables and simple conditions. It is installed as it is.',
    advice: 'write the file as it should be, without `template` in the manifest',
    example: '{% for host in HOSTS %}',
  },
  'missing-boot-file': {
    severity: 'manual',
    meaning:
      'An image boots from a kernel, an initramfs or a device tree that nothing seems to put into its system. Building it fails if that is so.',
    advice: 'add what makes the file to the system, or a subsystem at that location',
    example: 'INITRAMFS_PATH: boot/initramfs.gz      # and no subsystem is there',
  },
  partitioning: {
    severity: 'warning',
    meaning: 'The partitions that PARTITION_FILE lists cannot be had exactly, or make no sense.',
    advice: 'see whether the image will do as the message says',
    example: 'filesystem: btrfs',
  },
  'deployment-variable': {
    severity: 'manual',
    meaning: 'A variable of a deployment has a name or a value that makes no sense, and has no effect.',
    advice: 'correct the variable',
    example: 'DISK_SIZE: plenty',
  },
  'secret-value': {
    severity: 'warning',
    isUnquoted: true,
    meaning:
      'A password, a token or a private key is about to be written into the project, and into the artifacts that are made of it.',
    advice: 'keep it out of the definitions, and let the system get it when it starts',
    example: 'KEYSTONE_ADMIN_PASSWORD: veryinsecure',
  },
  'replaced-extension': {
    severity: 'info',
    meaning:
      'The definitions have a script for one of the common configuration extensions. The step of the project stands in for it, whatever the script does.',
    advice: 'if it does something of its own, give it another name: then it runs',
    example: 'extensions/set-hostname.configure',
  },
  'dropped-check': {
    severity: 'info',
    meaning:
      'An extension that checks whether a deployment can be written (`.check`) does not run: builds write nothing to hosts.',
    advice: 'nothing is left to be done',
    example: 'extensions/kvm.check',
  },
  // What is left out, and the command line
  metadata: {
    severity: 'info',
    meaning: 'ybd and morph write metadata files to /baserock of every image. They are not made.',
    advice: 'convert with --manifest to have a manifest of elements, repositories and refs in their place',
    example: '/baserock/bash.meta',
  },
  'unknown-system': {
    severity: 'error',
    meaning: 'The command line names a system or cluster that the definitions do not have.',
    advice: 'name a file below the definitions, for example systems/base-system-x86_64-generic.morph',
    example: '--system systems/bass.morph',
  },
  'left-out': {
    severity: 'manual',
    meaning:
      'With --keep-going: a stratum or system is not converted, because it has or needs something with an error.',
    advice: 'correct the error and convert again',
    example: 'the system `desktop` is left out: it needs strata/gnome, which is left out',
  },
  'bad-option': {
    severity: 'error',
    meaning: 'An option of the conversion has a value that makes no sense.',
    advice: 'see --help',
    example: '--build-system bash=waf',
  },
  'bad-output': {
    severity: 'error',
    meaning: 'The project cannot be written where it was asked for.',
    advice: 'choose another folder',
    example: 'baserock2bst convert definitions definitions/project',
  },
  'site-rule': {
    severity: 'manual',
    meaning:
      'A rule of the site’s own, which was added to the conversion, has something to say about a definition.',
    advice: 'ask whoever wrote the rule',
    example: 'a rule of baserock2bst.config.js says that a chunk has no licence',
  },
  'failed-rule': {
    severity: 'error',
    meaning: 'A rule of the site’s own, which was added to the conversion, failed on a definition.',
    advice: 'correct the rule in the configuration',
    example: 'a rule of baserock2bst.config.js reads a field of a chunk that has none',
  },
  // The project, as it is on the disk
  'malformed-project': {
    severity: 'error',
    meaning: 'A file of the project is not what BuildStream takes, so that nothing can be compared with it.',
    advice: 'correct the file; `bst show` says the same of it',
    example: 'config:\n  build-commands: make',
  },
  'buildstream-failed': {
    severity: 'error',
    meaning: 'BuildStream was asked what elements come to, and did not answer.',
    advice:
      'name the command that runs it here (`--bst COMMAND`), in the version that the project is for; or go without `--bst`',
    example: 'baserock2bst verify definitions project --bst, where there is no bst',
  },
  'output-not-ours': {
    severity: 'error',
    meaning:
      'The output folder has something in it that this tool did not write, or that was changed by hand.',
    advice: 'choose an empty folder, or use --force to overwrite what the conversion writes',
    example: 'project.conf was changed by hand since it was written',
  },
  'edit-conflict': {
    severity: 'error',
    meaning:
      'A generated file was changed by hand, and the definitions have changed the same lines since. Nothing was written.',
    advice:
      'choose with --on-conflict: `markers` writes both for you to decide, `ours` keeps what was changed by hand, `theirs` takes what the definitions say',
    example: 'elements/strata/core/bash.bst with another command, which the definitions changed too',
  },
  'marked-conflict': {
    severity: 'manual',
    meaning:
      'A generated file was changed by hand, and the definitions have changed the same lines since. With --on-conflict=markers it has both now, between markers.',
    advice: 'decide between the markers, and remove them',
    example: 'elements/strata/core/bash.bst with `<<<<<<< changed by hand` above the ref that you chose',
  },
  'unresolved-conflict': {
    severity: 'error',
    meaning:
      'A generated file still has the markers that --on-conflict=markers left in it. Nothing was written.',
    advice:
      'decide between the markers and remove them, or use --on-conflict=theirs, which keeps it as .orig',
    example: 'elements/strata/core/bash.bst with `<<<<<<< changed by hand` in it',
  },
  'merged-file': {
    severity: 'info',
    meaning:
      'A generated file was changed by hand, and the definitions have changed since. It has both changes now.',
    advice: 'check that they go together',
    example: 'elements/strata/core/bash.bst with another dependency and a new ref',
  },
  'edited-file': {
    severity: 'info',
    meaning:
      'A generated file was changed or removed by hand, and the definitions have not changed it since. It stays so.',
    advice: 'nothing is left to be done; --force writes it again and keeps the other one as .orig',
    example: 'elements/strata/core/bash.bst with another command',
  },
  'not-traceable': {
    severity: 'error',
    meaning: 'What was asked about is not in the project, or the project does not say where it comes from.',
    advice:
      'name an element as BuildStream does, or convert again so that the project says where it comes from',
    example: 'baserock2bst trace project strata/core/bash.bst:900, where the file has 20 lines',
  },
  'kept-file': {
    severity: 'warning',
    meaning:
      'A file in the output folder that a person wrote or changed is no longer wanted where it is. It is never lost: it stays, or (with --force) is renamed to `.orig`.',
    advice: 'take over what is still needed of it, then remove it',
    example: 'elements/strata/core/zsh.bst was changed by hand, and strata/core.morph lists zsh no more',
  },
  'other-version': {
    severity: 'warning',
    meaning: 'A project that was written for one version of BuildStream is written for the other one now.',
    advice: 'say which version is meant each time, by --buildstream or in a configuration',
    example: 'baserock2bst convert definitions project, after convert definitions project --buildstream 1',
  },
  recovered: {
    severity: 'info',
    meaning:
      'An earlier run was interrupted while it wrote the project. The project is now exactly the old or the new one, as the message says.',
    advice: 'nothing is left to be done; convert again if the project is the old one',
    example: 'the machine went down while a project was being written',
  },
} as const satisfies Record<string, Entry>;

/** The code of a diagnostic. */
export type Code = keyof typeof catalogue;
