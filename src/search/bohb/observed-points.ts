import type { Axis } from '../model-axes.js';
import { axisValues } from '../model-axes.js';
import { isFailure } from '../ranking.js';
import type { Observation } from '../sampler.js';

/** Good and bad trials at one fidelity, as values on the axes of the model, NaN where inactive; best first. */
export interface ObservedPoints {
  /** Evaluations after which they are compared. */
  readonly fidelity: number;
  readonly good: readonly Observation[];
  readonly bad: readonly Observation[];
}

/**
 * The trials at the largest fidelity that has enough of them: more good ones than axes, and as many bad ones. Good
 * are the best `part` of those that reached it, but at least `smallest`; trials that went further count with the
 * value they had there, and a failure is bad at every fidelity. Undefined as long as no fidelity has enough.
 */
export function pointsOfLargestFidelity(
  history: readonly Observation[],
  part: number,
  smallest: number,
): ObservedPoints | undefined {
  const failures = history.filter(isFailure);
  const others = history.filter((observation) => !isFailure(observation));
  const lengths = [...new Set(others.map(({ curve }) => curve.length))].sort((a, b) => b - a);
  for (const fidelity of lengths) {
    const valueOf = ({ curve }: Observation): number => curve[fidelity - 1]!;
    const reached = others.filter(
      ({ curve }) => curve.length >= fidelity && Number.isFinite(curve[fidelity - 1]),
    );
    const count = reached.length + failures.length;
    const wanted = Math.max(smallest, Math.floor(part * count));
    if (reached.length < wanted || count - wanted < smallest) continue;
    const order = reached.sort((a, b) => valueOf(a) - valueOf(b) || a.trial - b.trial);
    return { fidelity, good: order.slice(0, wanted), bad: [...order.slice(wanted), ...failures] };
  }
  return undefined;
}

/** At most `most` of the trials, evenly spread over their order, so that a long history costs no more. */
export function thinned(observations: readonly Observation[], most: number): readonly Observation[] {
  if (observations.length <= most) return observations;
  return Array.from(
    { length: most },
    (_, index) => observations[Math.floor((index * observations.length) / most)]!,
  );
}

/** One row of values per trial. */
export function rowsOf(axes: readonly Axis[], observations: readonly Observation[]): Float64Array[] {
  return observations.map(({ assignment }) => axisValues(axes, assignment));
}
