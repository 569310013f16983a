import { type Code, catalogue, type Entry, type Severity } from './catalogue.js';
import { comparePlaces, type Place } from './place.js';

/** One thing that a conversion has to say about its input: plain data, never printed by the library. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** What is the matter, in one sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** Where in the definitions; absent when it concerns the command line or the whole tree. */
  readonly place?: Place;
  /** The paths of the systems that it speaks of, where it does not concern all that hold what it lies in. */
  readonly systems?: readonly string[];
  /** The paths of the elements of deployments that it speaks of, wherever it lies. */
  readonly deployments?: readonly string[];
}

/** Takes a diagnostic; what every step of the pipeline is given to report with. */
export type Report = (
  code: Code,
  place: Place | undefined,
  message: string,
  hint?: string,
  systems?: readonly string[],
  deployments?: readonly string[],
) => void;

/** A place to collect diagnostics in: `report` adds one, `diagnostics` holds them in the order they came. */
export interface Collector {
  readonly diagnostics: Diagnostic[];
  readonly report: Report;
}

/** Makes an empty collector. The hint defaults to the catalogue's advice for the code. */
export function collector(): Collector {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code, place, message, hint, systems, deployments) => {
    const { severity, advice } = catalogue[code];
    diagnostics.push({
      code,
      severity,
      message,
      hint: hint ?? advice,
      ...(place ? { place } : {}),
      ...(systems ? { systems } : {}),
      ...(deployments ? { deployments } : {}),
    });
  };
  return { diagnostics, report };
}

/** Orders diagnostics by file and position, those without a place first; the order of reporting breaks ties. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    if (!a.place || !b.place) return Number(Boolean(a.place)) - Number(Boolean(b.place));
    return comparePlaces(a.place, b.place);
  });
}

/** True for an error because of which something cannot be converted: one that Baserock does not pass over either. */
export function isFailure({ severity, code }: Diagnostic): boolean {
  const { isPassedOver }: Entry = catalogue[code];
  return severity === 'error' && !isPassedOver;
}

/** True if anything could not be converted. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isFailure);
}
