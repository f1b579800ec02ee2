import type { Stream } from '../core/random.js';
import { parseExpression } from '../expressions/parse-expression.js';
import { printExpression } from '../expressions/print-expression.js';
import { mutateExpression } from '../expressions/vary/mutate-expression.js';
import { valueIn } from '../space/entry-value.js';
import type { Assignment, Entry, EntryValue, Space } from '../space/space.js';
import { sameValue } from './assignments.js';
import { isFree, uniformPoint } from './points.js';

/** How a numeric entry changes, or a formula; a categorical one is always drawn again. */
export type MutationKind = 'redraw' | 'local';

export interface MutationRequest {
  readonly space: Space;
  readonly parent: Assignment;
  readonly kind: MutationKind;
  /** Standard deviation of a local step in the unit cube. */
  readonly step: number;
  readonly random: Stream;
  /** Name of an entry that keeps its value. */
  readonly fixed?: string;
}

/** Draws after which a value that does not change is accepted: a range so narrow that it rounds to one number. */
const ATTEMPTS = 100;

/**
 * The parent with one of its active entries changed, each with equal chance. Entries that become active thereby
 * are drawn from the space; entries whose condition no longer holds drop out. A parent that has nothing to change
 * is returned as it is.
 */
export function mutate(request: MutationRequest): Assignment {
  const { space, parent, random, fixed } = request;
  const open = space.entries.filter(
    (entry) => isFree(entry) && entry.name !== fixed && valueIn(parent, entry.name) !== undefined,
  );
  const target = open[random.integer(Math.max(1, open.length))];
  if (target === undefined) return parent;
  const changed = changedValue(target, valueIn(parent, target.name)!, request);
  let child: Assignment = {};
  for (const entry of space.entries) {
    if (!space.isActive(entry, child)) continue;
    const value =
      entry === target
        ? changed
        : (valueIn(parent, entry.name) ?? entry.decode(uniformPoint(entry.dimensions, random)));
    child = { ...child, [entry.name]: value };
  }
  return child;
}

function changedValue(entry: Entry, value: EntryValue, { kind, step, random }: MutationRequest): EntryValue {
  // Coordinates after a changed one would mean something else, so a formula is changed as a tree.
  if (kind === 'local' && entry.language !== undefined) {
    const changed = mutateExpression(entry.language, parseExpression(String(value)), random);
    return printExpression(changed);
  }
  const local = kind === 'local' && entry.kind !== 'categorical';
  const origin = entry.encode(value);
  // A step shorter than the cell of an integer would hardly ever leave it.
  const deviation = Math.max(step, 1 / entry.cardinality);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const unit = local
      ? origin.map((coordinate) => reflect(coordinate + deviation * random.normal()))
      : uniformPoint(entry.dimensions, random);
    const next = entry.decode(unit);
    if (!sameValue(next, value)) return next;
  }
  return value;
}

/** Folds a number back into [0, 1] at both ends. */
export function reflect(value: number): number {
  const folded = Math.abs(value) % 2;
  return folded > 1 ? 2 - folded : folded;
}
