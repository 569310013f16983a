import type { Severity } from './catalogue.js';

/** What severities are called where people read them, of one thing and of several; the worst one first. */
export const severityWords = {
  error: ['error', 'errors'],
  manual: ['needs a hand', 'need a hand'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
} as const satisfies Record<Severity, readonly [one: string, several: string]>;
