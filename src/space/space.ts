import type { Candidate } from '../candidate/candidate.js';
import type { ExpressionLanguage } from '../expressions/language.js';

/** Value of one entry: a number, a choice, the weights of a simplex (non-negative, summing to 1), or a formula. */
export type EntryValue = number | string | boolean | readonly number[];

/** Values of the active entries by name, in the order of the space. Entries whose condition fails are absent. */
export type Assignment = Readonly<Record<string, EntryValue>>;

/** The entry is active only where another, earlier entry is active and has one of these values. */
export interface Condition {
  readonly entry: string;
  readonly oneOf: readonly (string | number | boolean)[];
}

/** One searchable entry: a map between its value and `dimensions` coordinates in [0, 1]. */
export interface Entry {
  readonly name: string;
  readonly kind: 'float' | 'int' | 'categorical' | 'simplex' | 'expression';
  /** Coordinates in the unit cube: 1, or parts − 1 for a simplex, or 1 + the most nodes of an expression. */
  readonly dimensions: number;
  /** All must hold; none for an entry that is always active. */
  readonly conditions: readonly Condition[];
  /** Number of distinct values; Infinity for a continuous entry and for expressions, which nobody counts. */
  readonly cardinality: number;
  /** Choices of a categorical entry. */
  readonly choices?: readonly (string | number | boolean)[];
  /** True for a number that is uniform in its logarithm. */
  readonly log?: boolean;
  /** Of an expression entry: which formulas it has. Its values are their normal forms, as text. */
  readonly language?: ExpressionLanguage;
  /** Any coordinates in [0, 1] → a value of the entry. Uniform coordinates give the entry's distribution. */
  decode(unit: readonly number[]): EntryValue;
  /** A value → coordinates at the middle of the cell that decodes to it. */
  encode(value: EntryValue): readonly number[];
  /**
   * About `resolution` values that cover the range evenly; all of them where cardinality ≤ resolution. Of expressions
   * the simplest.
   */
  grid(resolution: number): readonly EntryValue[];
}

/** The set from which candidates come. Pure: no tensors, no files. */
export interface Space {
  readonly name: string;
  /** In the order of the file; a condition refers only to earlier entries. */
  readonly entries: readonly Entry[];
  /** Sum of the entries' dimensions. */
  readonly dimensions: number;
  /** Hash of the resolved definition. */
  readonly hash: string;
  /** Point of the unit cube → values of the active entries. @throws RangeError on a wrong length. */
  decode(unit: readonly number[]): Assignment;
  /** Values → unit cube; coordinates of inactive entries are 0.5. */
  encode(assignment: Assignment): number[];
  /**
   * Names of the entries whose value may change in the middle of a training: the numbers that the candidate reads
   * as parameters and weights of its loss only. All else (a name, an option, the options of a schedule, the
   * learning rate, what a condition asks for) belongs to a training from its first step.
   */
  readonly adjustable: readonly string[];
  /** True where all conditions of the entry hold under the assignment. */
  isActive(entry: Entry, assignment: Assignment): boolean;
  /** The candidate that the values stand for. */
  build(assignment: Assignment): Candidate;
}
