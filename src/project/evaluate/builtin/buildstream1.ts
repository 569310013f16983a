/**
 * What BuildStream 1.6.8 does unless a project says otherwise: variables, environment and split rules of every
 * project, and the configuration of each kind of element (`projectconfig.yaml`, `<kind>.yaml`).
 */
export const buildStream1 = String.raw`project:
  variables:
    prefix: /usr
    exec_prefix: "%{prefix}"
    bindir: "%{exec_prefix}/bin"
    sbindir: "%{exec_prefix}/sbin"
    libexecdir: "%{exec_prefix}/libexec"
    datadir: "%{prefix}/share"
    sysconfdir: /etc
    sharedstatedir: "%{prefix}/com"
    localstatedir: /var
    lib: lib
    libdir: "%{prefix}/%{lib}"
    debugdir: "%{libdir}/debug"
    includedir: "%{prefix}/include"
    docdir: "%{datadir}/doc"
    infodir: "%{datadir}/info"
    mandir: "%{datadir}/man"
    build-root: /buildstream/%{project-name}/%{element-name}
    install-root: /buildstream-install
    objcopy-link-args: --add-gnu-debuglink
    objcopy-extract-args: |
      
      --only-keep-debug --compress-debug-sections
    strip-args: |
      
      --remove-section=.comment --remove-section=.note --strip-unneeded
    strip-binaries: |
      
      cd "%{install-root}" && find -type f \
        '(' -perm -111 -o -name '*.so*' \
            -o -name '*.cmxs' -o -name '*.node' ')' \
        -exec sh -ec \
        'read -n4 hdr <"$1" # check for elf header
         if [ "$hdr" != "$(printf \\x7fELF)" ]; then
             exit 0
         fi
         debugfile="%{install-root}%{debugdir}/$1"
         mkdir -p "$(dirname "$debugfile")"
         objcopy %{objcopy-extract-args} "$1" "$debugfile"
         chmod 644 "$debugfile"
         strip %{strip-args} "$1"
         objcopy %{objcopy-link-args} "$debugfile" "$1"' - {} ';'
    fix-pyc-timestamps: |
      
      find "%{install-root}" -name '*.pyc' -exec \
        dd if=/dev/zero of={} bs=1 count=4 seek=4 conv=notrunc ';'
  environment:
    PATH: /usr/bin:/bin:/usr/sbin:/sbin
    SHELL: /bin/sh
    TERM: dumb
    USER: tomjon
    USERNAME: tomjon
    LOGNAME: tomjon
    LC_ALL: C
    HOME: /tmp
    TZ: UTC
    SOURCE_DATE_EPOCH: 1320937200
  split-rules:
    runtime:
    - |
      %{bindir}/*
    - |
      %{sbindir}/*
    - |
      %{libexecdir}/*
    - |
      %{libdir}/lib*.so*
    devel:
    - |
      %{includedir}
    - |
      %{includedir}/**
    - |
      %{libdir}/lib*.a
    - |
      %{libdir}/lib*.la
    - |
      %{libdir}/pkgconfig/*.pc
    - |
      %{datadir}/pkgconfig/*.pc
    - |
      %{datadir}/aclocal/*.m4
    debug:
    - |
      %{debugdir}
    - |
      %{debugdir}/**
    doc:
    - |
      %{docdir}
    - |
      %{docdir}/**
    - |
      %{infodir}
    - |
      %{infodir}/**
    - |
      %{mandir}
    - |
      %{mandir}/**
    locale:
    - |
      %{datadir}/locale
    - |
      %{datadir}/locale/**
    - |
      %{datadir}/i18n
    - |
      %{datadir}/i18n/**
    - |
      %{datadir}/zoneinfo
    - |
      %{datadir}/zoneinfo/**
elements:
  autotools:
    variables:
      autogen: |
        export NOCONFIGURE=1;

        if [ -x %{conf-cmd} ]; then true;
        elif [ -x autogen ]; then ./autogen;
        elif [ -x autogen.sh ]; then ./autogen.sh;
        elif [ -x bootstrap ]; then ./bootstrap;
        elif [ -x bootstrap.sh ]; then ./bootstrap.sh;
        else autoreconf -ivf;
        fi
      conf-global:
      conf-local:
      conf-extra:
      conf-cmd: ./configure
      conf-args: |
        
        --prefix=%{prefix} \
        --exec-prefix=%{exec_prefix} \
        --bindir=%{bindir} \
        --sbindir=%{sbindir} \
        --sysconfdir=%{sysconfdir} \
        --datadir=%{datadir} \
        --includedir=%{includedir} \
        --libdir=%{libdir} \
        --libexecdir=%{libexecdir} \
        --localstatedir=%{localstatedir} \
        --sharedstatedir=%{sharedstatedir} \
        --mandir=%{mandir} \
        --infodir=%{infodir} %{conf-extra} %{conf-global} %{conf-local}
      configure: |
        
        %{conf-cmd} %{conf-args}
      make: make
      make-install: make -j1 DESTDIR="%{install-root}" install
    config:
      configure-commands:
      - |
        %{autogen}
      - |
        %{configure}
      build-commands:
      - |
        %{make}
      install-commands:
      - |
        %{make-install}
      strip-commands:
      - |
        %{strip-binaries}
    environment:
      MAKEFLAGS: -j%{max-jobs}
      V: 1
  cmake:
    variables:
      build-dir: _builddir
      cmake-global:
      cmake-local:
      cmake-extra:
      generator: Unix Makefiles
      cmake-args: |
        
        -DCMAKE_INSTALL_PREFIX:PATH="%{prefix}" \
        -DCMAKE_INSTALL_LIBDIR:PATH="%{lib}" %{cmake-extra} %{cmake-global} %{cmake-local}
      cmake: |
        
        cmake -B%{build-dir} -H. -G"%{generator}" %{cmake-args}
      make: cmake --build %{build-dir} -- ${'$'}{JOBS}
      make-install: env DESTDIR="%{install-root}" cmake --build %{build-dir} --target install
    config:
      configure-commands:
      - |
        %{cmake}
      build-commands:
      - |
        %{make}
      install-commands:
      - |
        %{make-install}
      strip-commands:
      - |
        %{strip-binaries}
    environment:
      JOBS: -j%{max-jobs}
      V: 1
  distutils:
    variables:
      python: python3
      python-build: |
        
        %{python} setup.py build
      install-args: |
        
        --prefix "%{prefix}" \
        --root "%{install-root}"
      python-install: |
        
        %{python} setup.py install %{install-args}
    config:
      configure-commands: []
      build-commands:
      - |
        %{python-build}
      install-commands:
      - |
        %{python-install}
      strip-commands:
      - |
        %{strip-binaries}
      - |
        %{fix-pyc-timestamps}
  make:
    variables:
      make-args: PREFIX="%{prefix}"
      make-install-args: '%{make-args} DESTDIR="%{install-root}" install'
      make: make %{make-args}
      make-install: make -j1 %{make-install-args}
    config:
      build-commands:
      - |
        %{make}
      install-commands:
      - |
        %{make-install}
      strip-commands:
      - |
        %{strip-binaries}
    environment:
      MAKEFLAGS: -j%{max-jobs}
      V: 1
  makemaker:
    variables:
      configure: |
        
        perl Makefile.PL PREFIX=%{install-root}%{prefix}
      make: make
      make-install: make install
    config:
      configure-commands:
      - |
        %{configure}
      build-commands:
      - |
        %{make}
      install-commands:
      - |
        %{make-install}
      strip-commands:
      - |
        %{strip-binaries}
  manual:
    config:
      configure-commands: []
      build-commands: []
      install-commands: []
      strip-commands:
      - |
        %{strip-binaries}
    environment:
      MAKEFLAGS: -j%{max-jobs}
      V: 1
  meson:
    variables:
      build-dir: _builddir
      meson-global:
      meson-local:
      meson-extra:
      meson-args: |
        
        --prefix=%{prefix} \
        --bindir=%{bindir} \
        --sbindir=%{sbindir} \
        --sysconfdir=%{sysconfdir} \
        --datadir=%{datadir} \
        --includedir=%{includedir} \
        --libdir=%{libdir} \
        --libexecdir=%{libexecdir} \
        --localstatedir=%{localstatedir} \
        --sharedstatedir=%{sharedstatedir} \
        --mandir=%{mandir} \
        --infodir=%{infodir} %{meson-extra} %{meson-global} %{meson-local}
      meson: meson %{build-dir} %{meson-args}
      ninja: |
        ninja -j ${'$'}{NINJAJOBS} -C %{build-dir}
      ninja-install: |
        env DESTDIR="%{install-root}" ninja -C %{build-dir} install
    config:
      configure-commands:
      - |
        %{meson}
      build-commands:
      - |
        %{ninja}
      install-commands:
      - |
        %{ninja-install}
      strip-commands:
      - |
        %{strip-binaries}
    environment:
      NINJAJOBS: |
        %{max-jobs}
  modulebuild:
    variables:
      configure: |
        
        perl Build.PL --prefix "%{install-root}%{prefix}"
      perl-build: ./Build
      perl-install: ./Build install
    config:
      configure-commands:
      - |
        %{configure}
      build-commands:
      - |
        %{perl-build}
      install-commands:
      - |
        %{perl-install}
      strip-commands:
      - |
        %{strip-binaries}
  pip:
    variables:
      pip: pip
    config:
      configure-commands: []
      build-commands: []
      install-commands:
      - |
        %{pip} install --no-deps --root=%{install-root} --prefix=%{prefix} .
      strip-commands:
      - |
        %{strip-binaries}
      - |
        %{fix-pyc-timestamps}
  qmake:
    variables:
      qmake: qmake -makefile
      make: make
      make-install: make -j1 INSTALL_ROOT="%{install-root}" install
    config:
      configure-commands:
      - |
        %{qmake}
      build-commands:
      - |
        %{make}
      install-commands:
      - |
        %{make-install}
      strip-commands:
      - |
        %{strip-binaries}
    environment:
      MAKEFLAGS: -j%{max-jobs}
      V: 1
  script:
    variables:
      cwd: /
    config:
      root-read-only: False
      create-dev-shm: False
      commands: []
  compose:
    config:
      integrate: True
      include: []
      exclude: []
      include-orphans: True
`;
