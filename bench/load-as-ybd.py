#!/usr/bin/env python3
# Loads a tree of definitions as ybd's loader does (app.py, definitions.py: each `.morph` file by yaml.safe_load, in the
# order of os.walk) and does nothing with it. ybd takes the C loader where PyYAML has one.
# usage: load-as-ybd.py c|pure FOLDER
import os
import sys

try:
    import yaml
except ImportError:
    print('skipped: no python3-yaml')
    sys.exit(3)

which, folder = sys.argv[1:]
loader = getattr(yaml, 'CSafeLoader', None) if which == 'c' else yaml.SafeLoader
if loader is None:
    print('skipped: no libyaml')
    sys.exit(3)

definitions = {}
for root, folders, names in os.walk(folder):
    folders[:] = sorted(name for name in folders if name != '.git')
    for name in sorted(names):
        if name.endswith('.morph') or name.endswith('.def') or name in ('VERSION', 'DEFAULTS'):
            path = os.path.join(root, name)
            with open(path, encoding='utf-8') as file:
                definitions[path] = yaml.load(file, Loader=loader)
