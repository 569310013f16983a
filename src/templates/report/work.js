import { byId, counted, html, prose } from './dom.js';
import { addressOf, isWanted, report, systemsOf } from './state.js';

/** So many systems are named where a diagnostic has to do with many. */
const named = 12;

/** The entries of the list by number. */
const entries = new Map();
/** The groups of entries: steps, and the strata in them. */
const groups = [];

/** Makes the list of all that was found; entries are filled when they are opened. */
export function makeWork() {
  const { stepTitles } = report.words;
  for (const [step, title] of Object.entries(stepTitles)) {
    const those = report.diagnostics.filter((item) => item.step === step);
    if (those.length === 0) continue;
    const heading = html('h3', {}, title, ' ', html('span', { class: 'quiet count' }));
    const group = html('div', { class: 'group' }, heading);
    const parts = step === 'strata' ? byStratum(those) : [[undefined, those]];
    for (const [stratum, items] of parts) {
      const list = html('ol', { class: 'items' }, items.map(entryOf));
      const part = html('div', {}, stratum === undefined ? undefined : html('h4', {}, stratum), list);
      group.append(part);
      groups.push({ element: part, items });
    }
    groups.push({ element: group, items: those, count: heading.querySelector('.count') });
    byId('items').append(group);
  }
  addEventListener('beforeprint', () => openAll(true));
  addEventListener('afterprint', () => openAll(false));
}

/** Shows the entries that are asked for, and says how many. */
export function showWork(state) {
  const wanted = new Set();
  for (const item of report.diagnostics) {
    const isShown = isWanted(item, state);
    if (isShown) wanted.add(item);
    entries.get(item.id).parentElement.hidden = !isShown;
  }
  for (const { element, items, count } of groups) {
    const those = items.filter((item) => wanted.has(item)).length;
    element.hidden = those === 0;
    if (count) count.textContent = `${those}`;
  }
  const all = report.diagnostics.length;
  byId('count').textContent =
    wanted.size === all
      ? `${counted(all, 'item')}, in the order of the work`
      : `${wanted.size} of ${counted(all, 'item')}`;
}

/** Opens an entry and goes to it. */
export function openItem(id) {
  const entry = entries.get(id);
  if (!entry || entry.parentElement.hidden) return false;
  entry.open = true;
  fill(entry, report.diagnostics[id - 1]);
  entry.querySelector('summary').focus();
  entry.scrollIntoView({ block: 'center' });
  return true;
}

function byStratum(items) {
  const parts = new Map();
  for (const item of items) parts.set(item.strata[0], [...(parts.get(item.strata[0]) ?? []), item]);
  return [...parts];
}

function entryOf(item) {
  const { id, code, severity, message, place } = item;
  const summary = html(
    'summary',
    {},
    html('span', { class: 'id' }, `#${id}`),
    html('span', { class: `badge ${severity}` }, report.words.severityWords[severity][0]),
    html('span', { class: 'message' }, prose(message)),
    html('code', { class: 'code' }, code),
    html('span', { class: 'where' }, place ? `${place.file}:${place.line}` : 'the whole tree'),
  );
  const entry = html('details', { id: `item-${id}` }, summary);
  entry.addEventListener('toggle', () => entry.open && fill(entry, item));
  entries.set(id, entry);
  return html('li', {}, entry);
}

/** What an entry has to say beside its headline. */
function fill(entry, item) {
  if (entry.childElementCount > 1) return;
  const { code, hint, place, excerpt } = item;
  const facts = [
    ['What to do', prose(hint)],
    ['What it means', prose(report.codes[code].meaning)],
    ...related(item),
  ];
  entry.append(
    html(
      'div',
      { class: 'body' },
      excerpt.length > 0 ? quote(place, excerpt) : undefined,
      html(
        'dl',
        {},
        facts.flatMap(([term, text], index) => {
          // What else there is to know is left out on paper.
          const kind = { class: index > 0 && 'aside' };
          return [html('dt', kind, term), html('dd', kind, text)];
        }),
      ),
    ),
  );
}

/** The lines that are meant, with the very characters marked. */
function quote({ file, line, column, endLine, endColumn }, lines) {
  const rows = lines.flatMap((text, index) => {
    const from = index === 0 ? column - 1 : 0;
    const to = line + index === endLine ? endColumn - 1 : text.length;
    const number = html(
      'span',
      { class: 'line-number', 'aria-hidden': 'true' },
      `${line + index}`.padStart(5),
    );
    return [number, ` ${text.slice(0, from)}`, html('mark', {}, text.slice(from, to)), text.slice(to), '\n'];
  });
  return html('pre', { tabindex: '0', role: 'region', 'aria-label': `${file}, line ${line}` }, rows);
}

function related(item) {
  const systems = systemsOf(item);
  const links = (paths, name) =>
    paths
      .slice(0, named)
      .flatMap((path, index) => [
        index > 0 ? ', ' : '',
        html('a', { href: addressOf({ [name]: path }) }, path),
      ]);
  const more = systems.length > named ? [` and ${systems.length - named} more`] : [];
  const which =
    systems.length === report.systems.length && systems.length > 1
      ? ['all']
      : [
          ...links(
            systems.map(({ path }) => path),
            'system',
          ),
          ...more,
        ];
  const facts = [
    ['Chunks', item.chunks.join(', ')],
    ['Strata', links(item.strata, 'stratum')],
    ['Clusters', item.clusters.join(', ')],
    ['Systems', which],
  ];
  return facts.filter(([, text]) => text.length > 0);
}

/** On paper everything that is shown is open. */
function openAll(isPrinting) {
  for (const [id, entry] of entries) {
    if (isPrinting && !entry.parentElement.hidden) {
      if (!entry.open) entry.dataset.printing = '';
      entry.open = true;
      fill(entry, report.diagnostics[id - 1]);
    } else if (!isPrinting && 'printing' in entry.dataset) {
      delete entry.dataset.printing;
      entry.open = false;
    }
  }
}
