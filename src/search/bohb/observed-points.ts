import { remembered } from '../../core/remembered.js';
import type { Space } from '../../space/space.js';
import type { Axis } from '../model-axes.js';
import { axisValues } from '../model-axes.js';
import { isFailure } from '../ranking.js';
import { createReplayCache, replayHistory } from '../replay-cache.js';
import type { Observation } from '../sampler.js';

/** Good and bad trials at one fidelity, best first. */
export interface ObservedPoints {
  /** Evaluations after which they are compared. */
  readonly fidelity: number;
  readonly good: readonly Observation[];
  readonly bad: readonly Observation[];
}

/** The trials that have a finite value at one fidelity, by it, ties by trial. */
interface Order {
  readonly fidelity: number;
  readonly trials: Observation[];
  /** How many of the trials that did not fail were looked at. */
  taken: number;
}

/** What is known of a history. It changes in place as trials are told: nobody else holds it. */
interface Told {
  readonly failures: Observation[];
  readonly others: Observation[];
  /** How many of the others stopped after so many evaluations. */
  readonly stopped: Map<number, number>;
  order: Order | undefined;
}

const cache = createReplayCache<Told>();

/**
 * The trials at the largest fidelity that has enough of them: more good ones than axes, and as many bad ones. Good
 * are the best `part` of those that reached it, but at least `smallest`; trials that went further count with the
 * value they had there, and a failure is bad at every fidelity. Undefined as long as no fidelity has enough.
 */
export function pointsOfLargestFidelity(
  space: Space,
  history: readonly Observation[],
  part: number,
  smallest: number,
): ObservedPoints | undefined {
  const told = replayHistory(cache, { space, key: '', history }, nothingTold, tell);
  const { failures, stopped } = told;
  const isEnough = (reached: number): boolean => {
    const wanted = wantedOf(reached + failures.length);
    return reached >= wanted && reached + failures.length - wanted >= smallest;
  };
  const wantedOf = (count: number): number => Math.max(smallest, Math.floor(part * count));
  let most = 0;
  for (const fidelity of [...stopped.keys()].sort((a, b) => b - a)) {
    most += stopped.get(fidelity)!;
    // No fidelity is sorted in vain; fewer than `most` have a finite value at it only where a training recovered.
    if (!isEnough(most)) continue;
    const { trials } = orderAt(told, fidelity);
    if (!isEnough(trials.length)) continue;
    const wanted = wantedOf(trials.length + failures.length);
    return { fidelity, good: trials.slice(0, wanted), bad: [...trials.slice(wanted), ...failures] };
  }
  return undefined;
}

const nothingTold = (): Told => ({ failures: [], others: [], stopped: new Map(), order: undefined });

function tell(told: Told, observation: Observation): Told {
  if (isFailure(observation)) {
    told.failures.push(observation);
    return told;
  }
  const { length } = observation.curve;
  told.others.push(observation);
  told.stopped.set(length, (told.stopped.get(length) ?? 0) + 1);
  return told;
}

/** New trials up to which putting each in its place is faster than sorting all. */
const FEW = 64;

/** The order at a fidelity. The last one is kept, and new trials are put in their places. */
function orderAt(told: Told, fidelity: number): Order {
  const order = told.order?.fidelity === fidelity ? told.order : { fidelity, trials: [], taken: 0 };
  const { trials } = order;
  const valueOf = ({ curve }: Observation): number => curve[fidelity - 1]!;
  const compare = (a: Observation, b: Observation): number => valueOf(a) - valueOf(b) || a.trial - b.trial;
  const fresh = told.others.slice(order.taken).filter((one) => Number.isFinite(valueOf(one)));
  if (fresh.length > FEW) {
    // Not one argument for each: a study may have more trials than a call may have arguments.
    for (const one of fresh) trials.push(one);
    trials.sort(compare);
  } else {
    for (const one of fresh) trials.splice(placeIn(trials, one, compare), 0, one);
  }
  order.taken = told.others.length;
  told.order = order;
  return order;
}

/** The first place in a sorted list whose item does not come before the new one. */
function placeIn<Item>(sorted: readonly Item[], item: Item, compare: (a: Item, b: Item) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle]!, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** At most `most` of the trials, evenly spread over their order, so that a long history costs no more. */
export function thinned(observations: readonly Observation[], most: number): readonly Observation[] {
  if (observations.length <= most) return observations;
  return Array.from(
    { length: most },
    (_, index) => observations[Math.floor((index * observations.length) / most)]!,
  );
}

const rowOf = remembered((axes: readonly Axis[]) =>
  remembered(({ assignment }: Observation) => axisValues(axes, assignment)),
);

/** One row of values on the axes per trial, NaN where inactive. */
export function rowsOf(axes: readonly Axis[], observations: readonly Observation[]): readonly Float64Array[] {
  return observations.map(rowOf(axes));
}
