import { stream } from '../core/random.js';
import { isFree } from '../search/points.js';
import { assigned, valueIn } from '../space/entry-value.js';
import type { Assignment, Condition, Entry, Space } from '../space/space.js';
import type { EntryImportance, ImportanceEvaluator } from './evaluator.js';
import type { Feature } from './fanova/feature.js';
import { growTree, type Sample } from './fanova/grow-tree.js';
import { marginalVariance, momentsOf } from './fanova/marginal.js';
import { leavesOf } from './fanova/tree.js';
import { regimesOf, tells, varies, type Regime } from './regime.js';

const TREES = 64;

/**
 * Which part of the variance over the whole space does an entry explain by itself? A random forest learns the
 * standing of the trials (the part of the others that each is better than) from their points, and its exact marginals
 * over the space answer. Standings, because failures have no number, values of unequal fidelity cannot be compared,
 * and one loss that explodes would own all the variance.
 */
export const fanova: ImportanceEvaluator = {
  name: 'fanova',
  summary: 'part of the variance over the whole space that the entry explains by itself, by a random forest',
  source: 'Hutter, Hoos & Leyton-Brown, ICML 2014',
  evaluate: (space, trials) => {
    const found = new Map(
      regimesOf(space, trials)
        .flatMap((regime) => measure(space, regime))
        .map((one) => [one.entry, one]),
    );
    return space.entries.flatMap(({ name }) => found.get(name) ?? []);
  },
};

/** An entry as coordinates that are independent in the distribution of the space. */
interface Column {
  readonly entry: string;
  readonly features: readonly Feature[];
  read(assignment: Assignment): readonly number[];
}

function measure(space: Space, regime: Regime): readonly EntryImportance[] {
  const { entries, trials } = regime;
  const columns = columnsOf(space, regime);
  const features = columns.flatMap((column) => column.features);
  const sample: Sample = {
    features,
    points: trials.map(({ assignment }) => columns.flatMap((column) => column.read(assignment))),
    values: regime.shares,
  };
  const parts = tells(regime) ? forestParts(sample, columns) : undefined;
  return entries.map((entry) => ({
    entry: entry.name,
    importance: varies(entry, regime) ? parts?.get(entry.name) : undefined,
    noise: undefined,
    trials: trials.length,
  }));
}

/** By entry, the mean over the trees of marginal variance / variance; undefined where no tree has any variance. */
function forestParts(sample: Sample, columns: readonly Column[]): ReadonlyMap<string, number> | undefined {
  const size = sample.points.length;
  const sums = new Map<string, number>();
  let counted = 0;
  for (let tree = 0; tree < TREES; tree++) {
    const random = stream('importance', 'fanova', tree);
    const drawn = Array.from({ length: size }, () => random.integer(size));
    const leaves = leavesOf(growTree(sample, drawn), sample.features);
    const { variance } = momentsOf(leaves);
    if (!(variance > 0)) continue;
    counted += 1;
    let first = 0;
    for (const { entry, features } of columns) {
      const chosen = features.map((_, index) => first + index);
      const part = marginalVariance(leaves, sample.features, chosen) / variance;
      sums.set(entry, (sums.get(entry) ?? 0) + part);
      first += features.length;
    }
  }
  return counted === 0
    ? undefined
    : new Map([...sums].map(([entry, sum]) => [entry, sum / counted] as const));
}

/** The entries that are active in all trials of the regime and still have more than one value there. */
function columnsOf(space: Space, { entries, trials }: Regime): readonly Column[] {
  const allowed = allowedValues(space, entries[0]!.conditions);
  return space.entries.flatMap((entry): Column[] => {
    const always = trials.every(({ assignment }) => valueIn(assignment, entry.name) !== undefined);
    if (!isFree(entry) || !always) return [];
    const choices = allowed.get(entry.name) ?? entry.choices;
    if (choices === undefined) {
      const features = Array.from({ length: entry.dimensions }, (): Feature => ({
        kind: 'numeric',
        low: 0,
        high: 1,
      }));
      return [{ entry: entry.name, features, read: (point) => entry.encode(assigned(point, entry.name)) }];
    }
    if (choices.length < 2) return [];
    return [
      {
        entry: entry.name,
        features: [{ kind: 'categorical', size: choices.length }],
        read: (point) => [choices.findIndex((choice) => choice === valueIn(point, entry.name))],
      },
    ];
  });
}

/** By entry, the values that conditions leave it, with all that these entries need in turn. */
function allowedValues(
  space: Space,
  conditions: readonly Condition[],
): ReadonlyMap<string, Condition['oneOf']> {
  const allowed = new Map<string, Condition['oneOf']>();
  const visit = ({ entry, oneOf }: Condition): void => {
    const known = allowed.get(entry);
    allowed.set(entry, known === undefined ? oneOf : known.filter((value) => oneOf.includes(value)));
    (space.entries.find(({ name }): boolean => name === entry) as Entry).conditions.forEach(visit);
  };
  conditions.forEach(visit);
  return allowed;
}
