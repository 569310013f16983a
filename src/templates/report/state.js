/** The report, and what of it the page shows. What is shown is kept in the address: it can be linked to. */

/** Everything that the page knows. */
export const report = JSON.parse(document.getElementById('data').textContent);

/** The names of what the page can be asked for. */
export const filters = ['system', 'stratum', 'code', 'severity', 'q'];

/** Texts by which diagnostics are found. */
const texts = new Map(
  report.diagnostics.map((item) => {
    const { id, code, message, hint, place, excerpt, chunks, strata, systems, clusters } = item;
    const where = place ? `${place.file}:${place.line}` : '';
    const parts = [`#${id}`, code, message, hint, where, excerpt, chunks, strata, systems, clusters];
    return [id, parts.flat().join('\n').toLowerCase()];
  }),
);

/** What has to do with each system. */
const bySystem = new Map(report.systems.map(({ path, work, notes }) => [path, new Set([...work, ...notes])]));

/** What the address asks for: an empty text for what it does not name. */
export function readState() {
  const given = new URLSearchParams(location.hash.replace(/^#/, ''));
  return Object.fromEntries(filters.map((name) => [name, given.get(name) ?? '']));
}

/** The address of a state. */
export function addressOf(state) {
  const given = new URLSearchParams();
  for (const name of filters) if (state[name]) given.set(name, state[name]);
  return `#${given}`;
}

/** True for a diagnostic that a state asks for. */
export function isWanted(item, { system, stratum, code, severity, q }) {
  const words = q.toLowerCase().split(/\s+/);
  return (
    (!system || Boolean(bySystem.get(system)?.has(item.id))) &&
    (!stratum || item.strata.includes(stratum)) &&
    (!code || item.code === code) &&
    (!severity || item.severity === severity) &&
    words.every((word) => texts.get(item.id).includes(word))
  );
}

/** The systems that a diagnostic has to do with. */
export function systemsOf(item) {
  return report.systems.filter(({ path }) => bySystem.get(path).has(item.id));
}
