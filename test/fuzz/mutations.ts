import fc from 'fast-check';
import { tokens } from './dictionary.js';

/** A change of a text: what to do, where (of the whole, from 0 to 1), and with what. */
export interface Mutation {
  readonly kind: (typeof kinds)[number];
  readonly at: number;
  readonly other: number;
  readonly token: string;
  readonly byte: number;
}

const kinds = [
  'delete token',
  'repeat token',
  'swap tokens',
  'replace token',
  'insert token',
  'delete line',
  'repeat line',
  'swap lines',
  'indent line',
  'dedent line',
  'replace line’s value',
  'move block',
  'cut off',
  'flip byte',
  'insert byte',
  'delete byte',
] as const;

const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: part,
  other: part,
  token: fc.constantFrom(...tokens),
  byte: fc.nat(255),
});

export const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });

/** The bytes of a text after all changes. Bytes that are no UTF-8 come of some of them. */
export function mutate(text: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce(mutateOnce, text);
}

function mutateOnce(bytes: Buffer, change: Mutation): Buffer {
  if (change.kind.endsWith('byte')) return mutateBytes(bytes, change);
  const text = bytes.toString('utf8');
  if (change.kind === 'cut off') return Buffer.from(text.slice(0, Math.floor(change.at * text.length)));
  const pieces = change.kind.includes('token')
    ? text.split(/([A-Za-z0-9_.$%+-]+|[ \t]+|[^A-Za-z0-9_.$%+ \t-])/).filter((piece) => piece !== '')
    : text.split(/(?<=\n)/);
  mutatePieces(pieces, change);
  return Buffer.from(pieces.join(''));
}

function mutatePieces(pieces: string[], { kind, at, other, token }: Mutation): void {
  if (pieces.length === 0) pieces.push('');
  const i = Math.floor(at * pieces.length);
  const j = Math.floor(other * pieces.length);
  const [what] = kind.split(' ');
  if (kind === 'replace line’s value') pieces[i] = pieces[i]!.replace(/:.*/, `: ${token}`);
  else if (what === 'delete') pieces.splice(i, 1);
  else if (what === 'repeat') pieces.splice(j, 0, pieces[i]!);
  else if (what === 'swap') [pieces[i], pieces[j]] = [pieces[j]!, pieces[i]!];
  else if (what === 'replace') pieces[i] = token;
  else if (what === 'insert') pieces.splice(i, 0, token);
  else if (what === 'indent') pieces[i] = `  ${pieces[i]}`;
  else if (what === 'dedent') pieces[i] = pieces[i]!.replace(/^ {1,2}/, '');
  else pieces.push(...pieces.splice(i, 1 + (j % 5)));
}

function mutateBytes(bytes: Buffer, { kind, at, byte }: Mutation): Buffer {
  const i = Math.floor(at * bytes.length);
  const rest = kind === 'insert byte' ? i : i + 1;
  const middle = kind === 'delete byte' ? [] : kind === 'insert byte' ? [byte] : [(bytes[i] ?? 0) ^ byte];
  return Buffer.concat([bytes.subarray(0, i), Buffer.from(middle), bytes.subarray(rest)]);
}
