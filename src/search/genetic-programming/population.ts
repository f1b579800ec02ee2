import { gradientForm } from '../../expressions/gradient-form.js';
import { sizeOf } from '../../expressions/expression.js';
import { parseExpression } from '../../expressions/parse-expression.js';
import { printExpression } from '../../expressions/print-expression.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Space } from '../../space/space.js';
import { assignmentKey } from '../assignments.js';
import { standings } from '../ranking.js';
import { replayWaves, type ReplayCache } from '../replay-cache.js';
import type { Observation } from '../sampler.js';

/** Who may have children, best first, and what was tried. */
export interface Population {
  readonly members: readonly Observation[];
  /** The {@link lossKey} of every trial so far. */
  readonly seen: ReadonlySet<string>;
}

const EMPTY: Population = { members: [], seen: new Set() };

/**
 * The population after a history, wave by wave: members and the new trials compete, the best `size` of them live on.
 * Of trials that train alike only the first is a member.
 */
export function populationOf(
  space: Space,
  history: readonly Observation[],
  size: number,
  cache: ReplayCache<Population>,
): Population {
  return replayWaves(
    cache,
    { space, key: `${size}`, history },
    () => EMPTY,
    (population, wave) => afterWave(space, population, wave, size),
  );
}

function afterWave(
  space: Space,
  { members, seen }: Population,
  wave: readonly Observation[],
  size: number,
): Population {
  const tried = new Set(seen);
  const fresh = wave.filter(({ assignment }) => {
    const key = lossKey(space, assignment);
    return !tried.has(key) && tried.add(key);
  });
  const pool = [...members, ...fresh];
  const scores = standings(pool);
  const best = pool
    .map((observation, index) => ({ observation, score: scores[index]! }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        complexity(space, a.observation.assignment) - complexity(space, b.observation.assignment) ||
        a.observation.trial - b.observation.trial,
    );
  return { members: best.slice(0, size).map(({ observation }) => observation), seen: tried };
}

/** Text that is equal for assignments whose losses train alike when gradients are normalised. */
export function lossKey(space: Space, assignment: Assignment): string {
  const known = keys.get(assignment);
  if (known !== undefined) return known;
  const formulas = formulasOf(space, assignment).map(([name, text]): [string, string] => [
    name,
    printExpression(gradientForm(parseExpression(text))),
  ]);
  const key = assignmentKey({ ...assignment, ...Object.fromEntries(formulas) });
  keys.set(assignment, key);
  return key;
}

/** Only saves the work of simplifying again: assignments are never changed. */
const keys = new WeakMap<Assignment, string>();

/** Nodes of all formulas. */
export function complexity(space: Space, assignment: Assignment): number {
  return formulasOf(space, assignment).reduce((sum, [, text]) => sum + sizeOf(parseExpression(text)), 0);
}

function formulasOf(space: Space, assignment: Assignment): readonly [string, string][] {
  return space.entries.flatMap(({ name, language }): [string, string][] => {
    const value = valueIn(assignment, name);
    return language === undefined || value === undefined ? [] : [[name, String(value)]];
  });
}
