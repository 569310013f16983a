import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { convert, renderProject, textsOf, verifyProject } from '../../src/index.js';
import { describeCorpus } from '../support/corpus.js';
import { loadCorpus } from '../support/corpus-projects.js';

import { someOf } from '../support/effort.js';

type Yaml = Record<string, unknown>;

/** A cluster whose deployments have a subsystem, manifests, and a disk image around all of it. */
const CLUSTER = 'clusters/initramfs-test.morph';

const commandsOf = (yaml: Yaml) => ((yaml.config as Yaml).commands as Record<'(<)', string[]>)['(<)'];

/** Single changes to a deployment's element; false for one that has nothing to be changed in that way. */
const changes: Readonly<Record<string, (yaml: Yaml) => unknown>> = {
  'a step is lost': (yaml) => commandsOf(yaml).pop(),
  'the copy of the system is lost': (yaml) => commandsOf(yaml).shift(),
  'steps are in another order': (yaml) => commandsOf(yaml).length > 1 && commandsOf(yaml).reverse(),
  'a step is added': (yaml) => commandsOf(yaml).push('/steps/fstab'),
  'a step is another one': (yaml) => commandsOf(yaml).splice(-1, 1, 'true'),
  'the last dependency is lost': (yaml) => (yaml['build-depends'] as unknown[]).pop(),
  'the tools are lost': (yaml) => (yaml['build-depends'] as unknown[]).shift(),
  'another system is staged': (yaml) => {
    (yaml['build-depends'] as Yaml[])[2] = {
      filename: 'systems/other.bst',
      config: { location: '/buildstream' },
    };
  },
  'something is staged elsewhere': (yaml) => {
    const last = (yaml['build-depends'] as Yaml[]).at(-1)!;
    if (typeof last === 'string') {
      ((yaml.config as Yaml).layout as Yaml[]).at(-1)!.destination = '/other';
    } else last.config = { location: '/other' };
  },
  'a variable is added': (yaml) => {
    yaml.environment = { ...(yaml.environment as Yaml), ADDED: 'yes' };
  },
  'a variable is changed': (yaml) => {
    const [name] = Object.keys((yaml.environment ?? {}) as Yaml);
    if (name === undefined) return false;
    (yaml.environment as Yaml)[name] = 'changed';
  },
  'a variable is lost': (yaml) => {
    const name = Object.keys((yaml.environment ?? {}) as Yaml).at(-1);
    return name !== undefined && delete (yaml.environment as Yaml)[name];
  },
  'the image has another name': (yaml) => {
    const variables = yaml.variables as Yaml | undefined;
    if (variables?.['image-name'] === undefined) return false;
    variables['image-name'] = 'other';
  },
  'the disk has another size': (yaml) => {
    const variables = yaml.variables as Yaml | undefined;
    if (variables?.['disk-size'] === undefined) return false;
    variables['disk-size'] = '1K';
  },
  'it is written in another form': (yaml) => {
    yaml['(@)'] = `include/deployment/${/tar/.test(yaml['(@)'] as string) ? 'tree' : 'tar'}.yml`;
  },
  'it loads for any architecture': (yaml) => delete yaml['(?)'],
};

describeCorpus('verify', () => {
  describe.each([1, 2] as const)('of deployments for BuildStream %d', (version) => {
    test('finds every change', async () => {
      const definitions = await loadCorpus('v8-2016-08');
      const systems = [CLUSTER];
      const { project } = convert(definitions, { systems });
      const texts = new Map(textsOf(renderProject(project, version)));
      texts.set('elements/systems/other.bst', 'kind: stack\n');
      const statusOf = (changed: ReadonlyMap<string, string>) =>
        verifyProject(definitions, changed, { systems }).status;
      const { status, differences } = verifyProject(definitions, texts, { systems });
      expect({ status, differences }).toEqual({ status: 'equal', differences: [] });
      const missed: string[] = [];
      let tried = 0;
      const hold = (what: string, changed: ReadonlyMap<string, string>) => {
        tried += 1;
        if (statusOf(changed) !== 'different') missed.push(what);
      };
      const scripts = [...texts].filter(([, text]) => /^kind: script$/m.test(text));
      const pairs = scripts.flatMap((script) => Object.entries(changes).map((each) => ({ script, each })));
      for (const { script, each } of someOf(pairs, 5)) {
        const [path, text] = script;
        const [what, change] = each;
        const yaml = parse(text, { schema: 'failsafe' }) as Yaml;
        if (change(yaml) === false) continue;
        hold(`${path}: ${what}`, new Map(texts).set(path, stringify(yaml, { schema: 'failsafe' })));
      }
      const installed = [...texts.keys()].filter((path) =>
        /^files\/install-files\/.*\/etc\/profile$/.test(path),
      );
      expect(installed.length).toBeGreaterThan(0);
      const [one] = installed;
      hold('an installed file is changed', new Map(texts).set(one!, 'changed\n'));
      hold('an installed file is lost', new Map([...texts].filter(([path]) => path !== one)));
      const manifest = one!.replace(/\/files\/etc\/profile$/, '/manifest');
      hold(
        'an installed file has another mode',
        new Map(texts).set(manifest, texts.get(manifest)!.replace(/0100644/, '0100600')),
      );
      hold('a deployment is lost', new Map([...texts].filter(([path]) => path !== scripts[0]![0])));
      expect(missed).toEqual([]);
      console.log(`BuildStream ${version}: ${tried} changes of ${scripts.length} deployments, all found`);
    }, 300_000);
  });

  test('knows what is given to deployments', async () => {
    const definitions = await loadCorpus('v8-2016-08');
    const systems = ['clusters/minimal-system-deploy.morph'];
    const name = definitions.clusters.find(({ path }) => `${path}.morph` === systems[0])!.systems[0]!
      .deployments[0]!.name;
    const deployments = { [name]: { DISK_SIZE: '3.5G', GREETING: "it's %{prefix}" } };
    const { project } = convert(definitions, { systems, deployments });
    const texts = textsOf(renderProject(project, 2));
    expect(verifyProject(definitions, texts, { systems, deployments }).status).toBe('equal');
    const { differences } = verifyProject(definitions, texts, { systems });
    expect(differences.map(({ aspect, message }) => `${aspect}: ${message}`)).toEqual([
      'deployment: DISK_SIZE has another value',
      'deployment: GREETING is set, which the deployment does not',
      'deployment: disk_size has another value',
    ]);
  });
});
