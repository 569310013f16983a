import type { Step } from './steps.js';

/** Strips executables and shared objects, keeping their debugging information under /usr/lib/debug. */
const strip = `find "$DESTDIR" -type f \\
  '(' -perm -111 -o -name '*.so*' -o -name '*.cmxs' -o -name '*.node' ')' \\
  -exec sh -ec \\
  'read -n4 hdr <"$1"   # check for elf header
  if [ "$hdr" != "$(printf \\x7ELF)" ]; then
    exit 0
  fi
  debugfile="$DESTDIR$PREFIX/lib/debug/$(basename "$1")"
  mkdir -p "$(dirname "$debugfile")"
  objcopy --only-keep-debug "$1" "$debugfile"
  chmod 644 "$debugfile"
  strip --remove-section=.comment --remove-section=.note --strip-unneeded "$1"
  objcopy --add-gnu-debuglink "$debugfile" "$1"' - {} ';'
`;

interface BuiltInBuildSystem {
  readonly indicators: readonly string[];
  readonly commands: Partial<Record<Step, readonly string[]>>;
}

/**
 * The build systems that ybd has built in, in the order in which they are looked for in sources. They are in force
 * where there is no DEFAULTS file, or where DEFAULTS has no `build-systems` (ybd: `config/defaults.conf`).
 */
export const builtInBuildSystems: Readonly<Record<string, BuiltInBuildSystem>> = {
  manual: {
    indicators: [],
    commands: {
      'configure-commands': [],
      'build-commands': [],
      'install-commands': [],
      'strip-commands': [],
    },
  },
  autotools: {
    indicators: ['autogen', 'autogen.sh', 'configure', 'configure.ac', 'configure.in', 'configure.in.in'],
    commands: {
      'configure-commands': [
        `export NOCONFIGURE=1
if [ -e bootstrap ]; then ./bootstrap
elif [ -e bootstrap.sh ]; then ./bootstrap.sh
elif [ -e autogen ]; then ./autogen
elif [ -e autogen.sh ]; then ./autogen.sh
elif [ ! -e ./configure ]; then autoreconf -ivf
fi
./configure --prefix="$PREFIX"
`,
      ],
      'build-commands': [`make`],
      'install-commands': [`make DESTDIR="$DESTDIR" install`],
      'strip-commands': [strip],
    },
  },
  'python-distutils': {
    indicators: ['setup.py'],
    commands: {
      'configure-commands': [],
      'build-commands': [`python setup.py build`],
      'install-commands': [`python setup.py install --prefix "$PREFIX" --root "$DESTDIR"`],
      'strip-commands': [strip],
    },
  },
  cpan: {
    indicators: ['Makefile.PL'],
    commands: {
      'configure-commands': [
        `perl Makefile.PL INSTALLDIRS=perl \\
    INSTALLARCHLIB="$PREFIX/lib/perl" \\
    INSTALLPRIVLIB="$PREFIX/lib/perl" \\
    INSTALLBIN="$PREFIX/bin" \\
    INSTALLSCRIPT="$PREFIX/bin" \\
    INSTALLMAN1DIR="$PREFIX/share/man/man1" \\
    INSTALLMAN3DIR="$PREFIX/share/man/man3"
`,
      ],
      'build-commands': [`make`],
      'install-commands': [`make DESTDIR="$DESTDIR" install`],
      'strip-commands': [strip],
    },
  },
  cmake: {
    indicators: ['CMakeLists.txt'],
    commands: {
      'configure-commands': [`cmake -DCMAKE_INSTALL_PREFIX="$PREFIX"`],
      'build-commands': [`make`],
      'install-commands': [`make DESTDIR="$DESTDIR" install`],
      'strip-commands': [strip],
    },
  },
  qmake: {
    indicators: ['.pro'],
    commands: {
      'configure-commands': [`qmake -makefile`],
      'build-commands': [`make`],
      'install-commands': [`make INSTALL_ROOT="$DESTDIR" install`],
      'strip-commands': [strip],
    },
  },
};

type BuiltInRules = readonly (readonly [artifact: string, include: readonly string[]])[];

/** ybd's own rules for splitting, in order: artifact suffixes, and regular expressions over paths or artifacts. */
export const builtInSplitRules: {
  readonly chunk: BuiltInRules;
  readonly stratum: BuiltInRules;
} = {
  chunk: [
    ['-bins', [`(usr/)?s?bin/.*`]],
    ['-libs', [`(usr/)?lib(32|64)?/lib[^/]*\\.so(\\.\\d+)*`, `(usr/)libexec/.*`]],
    [
      '-devel',
      [
        `(usr/)?include/.*`,
        `(usr/)?lib(32|64)?/lib.*\\.a`,
        `(usr/)?lib(32|64)?/lib.*\\.la`,
        `(usr/)?(lib(32|64)?|share)/pkgconfig/.*\\.pc`,
      ],
    ],
    ['-doc', [`(usr/)?share/doc/.*`, `(usr/)?share/man/.*`, `(usr/)?share/info/.*`]],
    ['-locale', [`(usr/)?share/locale/.*`, `(usr/)?share/i18n/.*`, `(usr/)?share/zoneinfo/.*`]],
    ['-misc', [`.*`]],
  ],
  stratum: [
    ['-devel', [`.*-devel`, `.*-debug`, `.*-doc`]],
    ['-runtime', [`.*-bins`, `.*-libs`, `.*-locale`, `.*-misc`, `.*`]],
  ],
};
