/**
 * A value as Python's `str` prints it, which is how extensions get variables of deployments: True, None, lists in
 * brackets.
 *
 * @param written how a number was written: what tells `1.0` from `1`.
 */
export function pythonText(value: unknown, written?: string): string {
  return typeof value === 'string' ? value : representation(value, written);
}

/** What Python's `repr` gives. Mappings keep the order of the definitions, which Python 2 does not have. */
function representation(value: unknown, written?: string): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return numberText(value, written);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Uint8Array)
    return quoted(Array.from(value, (byte) => String.fromCharCode(byte)).join(''));
  if (Array.isArray(value)) return `[${value.map((item) => representation(item)).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${quoted(key)}: ${representation(inner)}`);
  return `{${entries.join(', ')}}`;
}

function numberText(value: number, written = ''): string {
  const isFloat = /^[-+]?[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?$/.test(written);
  return isFloat && Number.isInteger(value) ? value.toFixed(1) : String(value);
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = [...text].map((character) => {
    if (character === quote) return `\\${character}`;
    const escaped = escapes[character];
    if (escaped !== undefined) return escaped;
    const code = character.charCodeAt(0);
    return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : character;
  });
  return `${quote}${inner.join('')}${quote}`;
}
