import { listText, numberText } from '../statistics/number-text.js';
import type { Scores } from './objectives.js';

/** What a candidate must keep: bounds on a metric, in its units; at least one of them. */
export interface Constraint {
  /** Key of the metric. */
  readonly metric: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/**
 * How far scores miss each constraint, in units of its metric: 0 where they keep it, +Infinity where the metric has no
 * finite score.
 */
export function violationsOf(constraints: readonly Constraint[], scores: Scores): readonly number[] {
  return constraints.map(({ metric, atMost = Infinity, atLeast = -Infinity }) => {
    const score = scores?.[metric];
    if (score === undefined || !Number.isFinite(score)) return Infinity;
    return Math.max(0, score - atMost, atLeast - score);
  });
}

/** Sum of {@link violationsOf}: 0 where all constraints are kept. */
export function totalViolationOf(constraints: readonly Constraint[], scores: Scores): number {
  return violationsOf(constraints, scores).reduce((sum, violation) => sum + violation, 0);
}

/** `log-loss at most 0.1 and auroc at least 0.9`. */
export function constraintsText(constraints: readonly Constraint[]): string {
  return listText(
    constraints.map(({ metric, atMost, atLeast }) => {
      if (atMost === undefined) return `${metric} at least ${numberText(atLeast!)}`;
      if (atLeast === undefined) return `${metric} at most ${numberText(atMost)}`;
      return `${metric} from ${numberText(atLeast)} to ${numberText(atMost)}`;
    }),
  );
}
