/**
 * What BuildStream 2.8.1 and buildstream-plugins does unless a project says otherwise: variables, environment and split rules of every
 * project, and the configuration of each kind of element (`projectconfig.yaml`, `<kind>.yaml`).
 */
export const buildStream2 = String.raw`project:
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
    conf-root: .
    install-root: /buildstream-install
    strip-binaries:
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
    SOURCE_DATE_EPOCH: 1321009871
  split-rules:
    runtime:
    - |
      %{bindir}
    - |
      %{bindir}/*
    - |
      %{sbindir}
    - |
      %{sbindir}/*
    - |
      %{libexecdir}
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
        elif [ -x %{conf-root}/autogen ]; then %{conf-root}/autogen;
        elif [ -x %{conf-root}/autogen.sh ]; then %{conf-root}/autogen.sh;
        elif [ -x %{conf-root}/bootstrap ]; then %{conf-root}/bootstrap;
        elif [ -x %{conf-root}/bootstrap.sh ]; then %{conf-root}/bootstrap.sh;
        else autoreconf -ivf %{conf-root};
        fi
      conf-global:
      conf-local:
      conf-cmd: "%{conf-root}/configure"
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
        --infodir=%{infodir} %{conf-global} %{conf-local}
      configure: |
        
        %{conf-cmd} %{conf-args}
      make-args:
      make-install-args: '%{make-args} DESTDIR="%{install-root}" install'
      make: make %{make-args}
      make-install: make -j1 %{make-install-args}
      remove-libtool-modules: false
      remove-libtool-libraries: false
      delete-libtool-archives: |
        if %{remove-libtool-modules} || %{remove-libtool-libraries}; then
          find "%{install-root}" -name "*.la" -print0 | while read -d '' -r file; do
            if grep '^shouldnotlink=yes$' "${'$'}{file}" &>/dev/null; then
              if %{remove-libtool-modules}; then
                echo "Removing ${'$'}{file}."
                rm "${'$'}{file}"
              else
                echo "Not removing ${'$'}{file}."
              fi
            else
              if %{remove-libtool-libraries}; then
                echo "Removing ${'$'}{file}."
                rm "${'$'}{file}"
              else
                echo "Not removing ${'$'}{file}."
              fi
            fi
          done
        fi
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
      - |
        %{delete-libtool-archives}
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
      generator: Ninja
      cmake-args: |
        
        -DCMAKE_VERBOSE_MAKEFILE=ON \
        -DCMAKE_INSTALL_PREFIX:PATH="%{prefix}" \
        -DCMAKE_INSTALL_LIBDIR:PATH="%{lib}" %{cmake-global} %{cmake-local}
      cmake: |
        
        cmake -B%{build-dir} -H"%{conf-root}" -G"%{generator}" %{cmake-args}
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
  manual:
    config:
      configure-commands: []
      build-commands: []
      install-commands: []
      strip-commands:
      - |
        %{strip-binaries}
  meson:
    variables:
      build-dir: _builddir
      meson-global:
      meson-local:
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
        --infodir=%{infodir} %{meson-global} %{meson-local}
      meson: meson setup %{conf-root} %{build-dir} %{meson-args}
      meson-build: |
        ninja -v -j ${'$'}{JOBS} -C %{build-dir}
      meson-install: |
        env DESTDIR="%{install-root}" meson install -C %{build-dir} --no-rebuild
    config:
      configure-commands:
      - |
        %{meson}
      build-commands:
      - |
        %{meson-build}
      install-commands:
      - |
        %{meson-install}
      strip-commands:
      - |
        %{strip-binaries}
    environment:
      JOBS: |
        %{max-jobs}
  pip:
    variables:
      pip: pip
      pip-flags: |
        %{pip} install --no-deps --root=%{install-root} --prefix=%{prefix}
      pip-install-package: |
        %{pip-flags} %{conf-root}
      pip-download-dir: |
        .bst_pip_downloads
      pip-install-dependencies: |
        if [ -e %{pip-download-dir} ]; then %{pip-flags} %{pip-download-dir}/*; fi
    config:
      configure-commands: []
      build-commands: []
      install-commands:
      - |
        %{pip-install-package}
      - |
        %{pip-install-dependencies}
      strip-commands:
      - |
        %{strip-binaries}
  setuptools:
    variables:
      python: python3
      python-build: |
        
        %{python} %{conf-root}/setup.py build
      install-args: |
        
        --prefix "%{prefix}" \
        --root "%{install-root}"
      python-install: |
        
        %{python} %{conf-root}/setup.py install %{install-args}
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
  script:
    variables:
      cwd: /
    config:
      root-read-only: False
      commands: []
  compose:
    config:
      integrate: True
      include: []
      exclude: []
      include-orphans: True
`;
