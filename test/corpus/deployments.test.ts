import { expect, test } from 'vitest';
import { corpora, describeCorpus, type Expected, expectedFacts } from '../support/corpus.js';
import { convertCorpus, readCorpus } from '../support/corpus-projects.js';

type Variables = Record<string, unknown>;

/** A system of a cluster, as ybd reads it. */
interface DeployedSystem {
  readonly path: string | null;
  readonly deploy: Record<string, Variables | null> | null;
  readonly deployDefaults: Variables | null;
  readonly subsystems: readonly DeployedSystem[] | null;
}

interface Deployed {
  readonly path: string;
  readonly parent: string | undefined;
  readonly system: string;
  readonly variables: Variables;
}

function deployedIn(parent: string, systems: readonly DeployedSystem[] | null, inside = false): Deployed[] {
  return (systems ?? []).flatMap(({ path: system, deploy, deployDefaults, subsystems }) =>
    Object.entries(deploy ?? {}).flatMap(([name, own]) => {
      const path = `${parent}/${name}`;
      const variables = { ...deployDefaults, ...own };
      const deployment = { path, parent: inside ? parent : undefined, system: system ?? '', variables };
      return [deployment, ...deployedIn(path, subsystems, true)];
    }),
  );
}

/** What each write extension is written by, apart from the code. */
const forms: Record<string, string> = {
  rawdisk: 'disk-image',
  kvm: 'disk-image',
  'virtualbox-ssh': 'disk-image',
  openstack: 'disk-image',
  initramfs: 'initramfs',
  sysroot: 'tree',
};

const common = ['set-hostname', 'add-config-files', 'fstab', 'hosts', 'nfsboot', 'simple-network'];
const nameOf = (reference: unknown) => String(reference).replace(/^.*\//, '');

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
const listed = (counts: Map<string, number>) =>
  [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([key, number]) => `${key} ${number}`)
    .join(', ');

describeCorpus('all clusters', () => {
  test.each(corpora)('%s: every deployment is converted, with its variables and steps', async (corpus) => {
    const facts = expectedFacts(corpus) as Expected & {
      clusters: Record<string, { systems: DeployedSystem[] }>;
      systems: Record<string, { arch: string; configurationExtensions: string[] }>;
    };
    const { diagnostics } = await convertCorpus(corpus);
    const read = await readCorpus(corpus, 1);
    const types = new Map<string, number>();
    const extensions = new Map<string, number>();
    const brought = diagnostics.filter(({ code }) => /^(?:deployment-transfer|unsupported-write)/.test(code));
    const reports = diagnostics.filter(({ code }) => code === 'deployment');
    let complete = 0;
    const all = Object.entries(facts.clusters).flatMap(([key, { systems }]) => deployedIn(key, systems));
    const converted = all.filter(({ system }) => system in facts.systems);
    for (const { path, parent, system, variables } of converted) {
      const type = variables.type === undefined ? 'none' : nameOf(variables.type);
      count(types, type);
      const element = read.elements.get(`${path}.bst`);
      if (type === 'none') {
        expect(element, path).toBeUndefined();
        continue;
      }
      const { arch, configurationExtensions } = facts.systems[system]!;
      const { layout, commands } = element!.config as {
        layout: { element: string; destination: string }[];
        commands: { '(<)': string[] };
      };
      expect(element!['(@)'], path).toBe(`include/deployment/${forms[type] ?? 'tar'}.yml`);
      expect(layout.find(({ destination }) => destination === '/buildstream')?.element).toBe(`${system}.bst`);
      const steps = commands['(<)'].slice(1).filter((step) => !step.startsWith('/steps/add-subsystem '));
      const names = configurationExtensions.map(nameOf);
      for (const name of names)
        count(extensions, common.includes(name) || /^install-/.test(name) ? name : `${name} (left out)`);
      expect(
        steps.filter((step) => !step.startsWith('/steps/install-files ')),
        path,
      ).toEqual(names.filter((name) => common.includes(name)).map((name) => `/steps/${name}`));
      for (const [name, value] of Object.entries(variables)) {
        if (!/^[A-Z]/.test(name)) continue;
        const text = element!.environment?.[name];
        const isSaid = () => brought.some(({ message }) => message.includes(name));
        if (text === undefined) expect(isSaid(), `${path} ${name}`).toBe(true);
        else if (typeof value === 'boolean') expect(text, `${path} ${name}`).toBe(value ? 'True' : 'False');
        else if (typeof value === 'string') expect(text, `${path} ${name}`).toBe(value);
      }
      if (parent !== undefined) {
        const outer = read.element(`${parent}.bst`).config as { commands: { '(<)': string[] } };
        const name = path.slice(parent.length + 1);
        const location = String(variables.location).replace(/^\//, '');
        expect(outer.commands['(<)'], path).toContain(`/steps/add-subsystem ${name} ${location}`);
      } else {
        const said = reports.filter(({ message }) => message.includes(` becomes ${path}.bst, `));
        expect(said, path).toHaveLength(1);
        const what = forms[type] === 'disk-image' ? 'complete, but for upgrades in place' : 'complete';
        if (said[0]!.message.endsWith(`; ${what}`)) complete += 1;
        else expect(said[0]!.message).toMatch(/; left to do by hand: ./);
        expect(arch).not.toBe('');
      }
    }
    expect(converted.length).toBeGreaterThan(20);
    const without = all.length - converted.length;
    console.log(
      `${corpus}: ${all.length} deployments in ${Object.keys(facts.clusters).length} clusters, ${without} of systems ` +
        `that are not there; ${reports.length} reports, ${complete} complete\n  types: ${listed(types)}\n` +
        `  extensions: ${listed(extensions)}`,
    );
  });
});
