import type { ConversionReport, Tally } from './report.js';

/** What verdicts are called where people read them. */
export const verdictWords = {
  exact: 'exact',
  approximate: 'approximate',
  manual: 'needs a hand',
  'left-out': 'left out',
} as const;

/** What severities are called, of one thing and of several. */
export const severityWords = {
  error: ['error', 'errors'],
  manual: ['needs a hand', 'need a hand'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
} as const;

/** `1 system`, `2 systems`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** How far the whole of it goes, in a sentence. */
export const statusWords: Readonly<Record<ConversionReport['status'], string>> = {
  complete: 'Everything can be converted; what is left to do is listed below.',
  partial: 'What has errors, and what needs that, is left out; with --keep-going the rest is converted.',
  failed: 'Errors that concern all of it keep it from being converted.',
};

/** `3 exact, 1 needs a hand`. */
export function tallyWords({ exact, approximate, manual, leftOut }: Tally): string {
  const parts: [number, string][] = [
    [exact, 'exact'],
    [approximate, 'approximate'],
    [manual, manual === 1 ? 'needs a hand' : 'need a hand'],
    [leftOut, 'left out'],
  ];
  const words = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return words.length > 0 ? words.join(', ') : 'no elements';
}
