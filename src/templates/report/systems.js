import { byId, html } from './dom.js';
import { addressOf, report } from './state.js';
import { bar, verdictSigns } from './summary.js';

const rows = report.systems.map((system) => {
  const { path, architecture, elements, verdict, work } = system;
  const word = report.words.verdictWords[verdict];
  const row = html(
    'tr',
    {},
    html(
      'th',
      { scope: 'row' },
      html('span', { class: `sign ${verdict}`, title: word, 'aria-hidden': 'true' }, verdictSigns[verdict]),
      html('a', { href: addressOf({ system: path }) }, path),
    ),
    html('td', { class: 'lesser' }, architecture),
    html('td', { class: 'number lesser' }, `${elements.total}`),
    html('td', {}, bar(elements)),
    html('td', { class: 'number' }, `${work.length}`),
  );
  return { row, system };
});

/** Fills the table of systems. */
export function showSystems() {
  byId('systems').append(...rows.map(({ row }) => row));
  byId('find-system').addEventListener('input', ({ target }) => {
    const words = target.value.toLowerCase().split(/\s+/);
    for (const { row, system } of rows) {
      const text = `${system.path} ${system.architecture}`.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    byId('no-system').hidden = rows.some(({ row }) => !row.hidden);
  });
}

/** Marks the system that is chosen, and brings it into sight in the table. */
export function markSystem(chosen) {
  for (const { row, system } of rows) {
    const link = row.querySelector('a');
    if (system.path !== chosen) link.removeAttribute('aria-current');
    else if (!link.hasAttribute('aria-current')) {
      link.setAttribute('aria-current', 'true');
      const table = row.closest('.scroll');
      table.scrollTop = row.offsetTop - table.clientHeight / 2;
    }
  }
}
