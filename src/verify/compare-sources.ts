import { aliases, type Fetched, fetchedFor } from '../definitions/meaning/sources.js';
import type { Chunk } from '../definitions/model.js';
import type { EvaluatedElement } from '../project/evaluate/element.js';
import type { Mapping, Node } from '../project/evaluate/node.js';
import type { Comparison } from './comparison.js';

const COMMIT = /^[0-9a-f]{40}$/;

/** Compares what is fetched for a chunk: repository, commit, branch and submodules. */
export function compareSources(chunk: Chunk, element: EvaluatedElement, comparison: Comparison): void {
  const { findings, plan } = comparison;
  const given = plan.options.chunkRefs ?? {};
  const other = given[`${chunk.stratum}/${chunk.name}`] ?? given[chunk.name];
  const wanted = fetchedFor(other === undefined ? chunk : { ...chunk, ref: { text: other, at: chunk.at } });
  const expected = wanted ? 1 : 0;
  if (element.sources.length !== expected) {
    const count = element.sources.length;
    findings.different(
      'sources',
      element.path,
      `there are ${count} sources, and there should be ${expected}`,
      {
        wanted: wanted?.repo.text,
        definition: wanted?.repo.at ?? chunk.at,
        project: element.sources[expected]?.at ?? element.at,
      },
    );
  }
  const [source] = element.sources;
  if (wanted && source) compareSource(wanted, source, element, comparison);
}

function compareSource(
  wanted: Fetched,
  source: Mapping,
  element: EvaluatedElement,
  comparison: Comparison,
): void {
  const { findings, project } = comparison;
  const text = (key: string) => textOf(source.entries.get(key));
  const different = (what: string, should: string | undefined, is: string | undefined, key: string) =>
    findings.different('sources', element.path, `${what} is another one`, {
      wanted: should ?? 'none',
      found: is ?? 'none',
      definition: key === 'url' ? wanted.repo.at : wanted.at,
      project: source.entries.get(key)?.at ?? source.at,
    });
  if (text('kind') !== 'git') different('the kind of source', 'git', text('kind'), 'kind');
  const url = text('url') ?? '';
  if (url !== wanted.repo.text) {
    if (url === sshUrl(wanted.repo.text)) {
      findings.deliberate('rewritten-url', 'the short form of ssh is written as a URL', element.path);
    } else different('the repository', wanted.repo.text, url, 'url');
  }
  const alias = /^([A-Za-z][A-Za-z0-9_.+-]*):(?!\/\/)/.exec(url)?.[1];
  const place = alias === undefined ? undefined : project.aliases.get(alias);
  if (alias !== undefined && !place) {
    findings.different('sources', element.path, `the alias ${alias} is not defined in project.conf`, {
      definition: wanted.repo.at,
      project: source.entries.get('url')?.at,
    });
  }
  if (place && place.text !== aliases.get(alias!)) {
    findings.deliberate('aliases', `the alias ${alias} leads to ${place.text}`, element.path);
  }
  const ref = text('ref');
  if (wanted.commit !== undefined || ref === undefined) {
    if (ref !== wanted.commit) different('the commit', wanted.commit, ref, 'ref');
  } else if (COMMIT.test(ref)) {
    findings.deliberate('unpinned-ref', 'a branch or tag is pinned to a commit', element.path);
  } else different('the commit', wanted.branch, ref, 'ref');
  if (wanted.commit === undefined && ref === undefined) {
    findings.deliberate('unpinned-ref', 'a branch or tag is built, and what it is can change', element.path);
  }
  if (text('track') !== wanted.branch) different('the branch or tag', wanted.branch, text('track'), 'track');
  const modules = source.entries.get('submodules');
  const found = new Map(
    modules?.kind === 'mapping'
      ? [...modules.entries].map(([path, node]) => [
          path,
          node.kind === 'mapping' && node.entries.size === 1 ? textOf(node.entries.get('url')) : undefined,
        ])
      : [],
  );
  for (const path of new Set([...found.keys(), ...wanted.submodules.keys()])) {
    const should = wanted.submodules.get(path);
    const is = found.get(path);
    const isSame = is === should || (is !== undefined && should !== undefined && is === sshUrl(should));
    if (isSame) continue;
    different(`the submodule ${path}`, should, is, 'submodules');
  }
  for (const [key, node] of source.entries) {
    if (['kind', 'url', 'ref', 'track', 'submodules'].includes(key)) continue;
    findings.different(
      'sources',
      element.path,
      `the source has \`${key}\`, of which the definitions know nothing`,
      {
        found: textOf(node),
        definition: wanted.repo.at,
        project: node.at,
      },
    );
  }
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** `user@host:path`, which BuildStream would take for an alias. */
function sshUrl(repo: string): string | undefined {
  const [, host, path] = /^([^/:@\s]+@[^/:\s]+):(?!\/\/)\/*(.*)$/.exec(repo) ?? [];
  return host === undefined ? undefined : `ssh://${host}/${path}`;
}
