import { briefly, definitionsOf, SHA } from '../support/definitions.js';

/** A tree of one stratum, from what follows its kind. */
export const stratum = (rest: string) => ({ 'strata/s.morph': `name: s\nkind: stratum\n${rest}` });

/** A stratum of one chunk, from what follows its ref. */
export const chunk = (rest: string) =>
  stratum(`chunks:\n- name: c\n  repo: upstream:c\n  ref: ${SHA}\n${rest}`);

/** A stratum of one chunk of that name. */
export const named = (name: string) =>
  stratum(
    `chunks:\n- name: ${JSON.stringify(name)}\n  repo: upstream:c\n  ref: ${SHA}\n  build-system: cmake\n`,
  );

/** What is said of a tree. */
export const found = (files: Record<string, string>) => briefly(definitionsOf(files).diagnostics);
