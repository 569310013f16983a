import type { Severity } from '../diagnostics/catalogue.js';
import type { Place } from '../diagnostics/place.js';
import type { Verdict } from './verdict.js';
import type { Step } from './work-steps.js';

/** How many elements there are, by verdict. */
export interface Tally {
  readonly total: number;
  readonly exact: number;
  readonly approximate: number;
  readonly manual: number;
  readonly leftOut: number;
}

/** A chunk as a stratum lists it. `diagnostics` has the `id`s of what concerns it. */
export interface ReportedChunk {
  readonly name: string;
  readonly place: Place;
  readonly file: string | null;
  readonly element: string | null;
  readonly verdict: Verdict | null;
  readonly buildDepends: readonly string[];
  readonly diagnostics: readonly number[];
}

/** A stratum, with its chunks in its own order. */
export interface ReportedStratum {
  readonly path: string;
  readonly name: string;
  readonly place: Place;
  readonly element: string;
  readonly isReplaced: boolean;
  readonly verdict: Verdict;
  readonly elements: Tally;
  readonly buildDepends: readonly string[];
  readonly chunks: readonly ReportedChunk[];
  readonly diagnostics: readonly number[];
}

/** A system. `work` and `notes` have the `id`s of what concerns it. */
export interface ReportedSystem {
  readonly path: string;
  readonly name: string;
  readonly place: Place;
  readonly architecture: string;
  readonly element: string;
  readonly verdict: Verdict;
  readonly elements: Tally;
  readonly strata: readonly string[];
  readonly builds: readonly string[];
  readonly work: readonly number[];
  readonly notes: readonly number[];
}

/** A cluster. */
export interface ReportedCluster {
  readonly path: string;
  readonly name: string;
  readonly place: Place;
  readonly systems: readonly string[];
  readonly diagnostics: readonly number[];
}

/** An element of the project, and what its verdict was made of. */
export interface ReportedElement {
  readonly path: string;
  readonly verdict: Verdict;
  readonly from: Place | null;
  readonly diagnostics: readonly number[];
}

/** A diagnostic, with its number in the order of the work, and all that it lies in. */
export interface ReportedDiagnostic {
  readonly id: number;
  readonly step: Step;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  readonly place: Place | null;
  readonly excerpt: readonly string[];
  readonly systems: readonly string[];
  readonly strata: readonly string[];
  readonly chunks: readonly string[];
  readonly clusters: readonly string[];
}

/**
 * The report on a conversion, as `report.json` has it; docs/report.md tells every field. `schema` goes up whenever a
 * field changes its meaning or goes away; fields may be added without that.
 */
export interface ConversionReport {
  readonly schema: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly definitions: { readonly name: string; readonly format: number | null };
  readonly status: 'complete' | 'partial' | 'failed';
  readonly totals: {
    readonly systems: number;
    readonly strata: number;
    readonly chunks: number;
    readonly clusters: number;
    readonly elements: Tally;
    readonly diagnostics: Readonly<Record<Severity, number>>;
  };
  readonly codes: Readonly<
    Record<
      string,
      {
        readonly severity: string;
        readonly count: number;
        readonly meaning: string;
        readonly advice: string;
      }
    >
  >;
  readonly systems: readonly ReportedSystem[];
  readonly strata: readonly ReportedStratum[];
  readonly clusters: readonly ReportedCluster[];
  readonly elements: readonly ReportedElement[];
  readonly diagnostics: readonly ReportedDiagnostic[];
}
