import { stream, type Stream } from '../core/random.js';
import type { Head } from '../problem/head.js';

/** A batch at which a loss is probed. */
export interface ProbeBatch {
  readonly rows: number;
  /** Rows from the front whose gradient is judged; the others only have to be finite. */
  readonly judged: number;
  /** In the order of the heads. */
  readonly points: readonly ProbePoints[];
}

/** Rows of one head, row-major [rows, outputs]. */
export interface ProbePoints {
  readonly prediction: Float32Array;
  readonly target: Float32Array;
}

/** What a row asks of a head, whatever its kind. */
interface RowKind {
  /** Deviation of the logits. */
  readonly noise: number;
  /** Lead of the logit of the label; negative: of another class. */
  readonly margin: number;
  /** Size of the residuals of a regression head; absent: {@link RESIDUALS} in turn. */
  readonly residual?: number;
  /** Residuals count in deviations of the training targets, not in the unit of the target. */
  readonly inDeviations?: boolean;
}

const UNIFORM: RowKind = { noise: 0.02, margin: 0 };
const MODERATE: RowKind = { noise: 1, margin: 0 };
const RIGHT: RowKind = { noise: 0.3, margin: 3 };
const WRONG: RowKind = { noise: 0.3, margin: -3 };
/** So confident that a probability is 0 beside 1 in float32. */
const SURELY_RIGHT: RowKind = { noise: 0, margin: 20, residual: 100 };
const SURELY_WRONG: RowKind = { noise: 0, margin: -20, residual: 100 };

/** Predictions minus targets of regression heads, in turn. */
const RESIDUALS = [0.03, -0.03, 0.2, -0.2, 0.7, -0.7, 1.5, -1.5, 4, -4];

/** Two to a decade: from residuals that hardly matter to outliers that no data should have. */
const WIDE_RESIDUALS = Array.from({ length: 11 }, (_, index) => 10 ** (index / 2 - 2));
/** From just beyond the rows of `trained` to where a probability is 0 beside 1. */
const WIDE_MARGINS = [0, 0, 4.2, 5, 5.5, 6, 7, 8, 10, 13, 16];
/** Each size with both signs for both labels of a binary head. */
const WIDE_TURNS = 4;

/**
 * The batches of a probe. `start`: outputs as before training, logits close to 0, every class a target; here the
 * direction of a step is judged. `trained`: logits of ordinary size, confident and right, confident and wrong, and
 * a few rows at the limits of float32. They are apart because a loss over a batch (Dice) may scale its gradient by
 * what the batch has reached: that shows between batches only. `wide` tells losses apart that differ only far out, and
 * is not judged: margins and residuals of all sizes, from the inside outwards. Fixed numbers, irregular so that no
 * symmetry of a loss hides a difference.
 *
 * @param targetDeviations of the training targets, one for each output of each regression head: the unit of `wide`
 */
export function probeBatches(
  heads: readonly Head[],
  targetDeviations: Readonly<Record<string, ArrayLike<number>>>,
): {
  readonly start: ProbeBatch;
  readonly trained: ProbeBatch;
  readonly wide: ProbeBatch;
} {
  const classes = heads.map((head) => (head.kind === 'multiclass' ? head.outputs : 2));
  const uniform = Math.max(RESIDUALS.length, ...classes);
  const ordinary = [...repeat(MODERATE, 6), ...repeat(RIGHT, 4), ...repeat(WRONG, 4)];
  const extreme = [...repeat(SURELY_RIGHT, 2), ...repeat(SURELY_WRONG, 2)];
  return {
    start: probeBatch('start', heads, repeat(UNIFORM, uniform), [], targetDeviations),
    trained: probeBatch('trained', heads, ordinary, extreme, targetDeviations),
    wide: probeBatch('wide', heads, [], wideKinds(), targetDeviations),
  };
}

/** The two lists of sizes side by side, so that one row serves heads of both sorts. */
function wideKinds(): RowKind[] {
  return WIDE_RESIDUALS.flatMap((residual, size) =>
    Array.from({ length: WIDE_TURNS }, (_, turn): RowKind => {
      const sign = turn < WIDE_TURNS / 2 ? 1 : -1;
      return { noise: 0.3, margin: sign * WIDE_MARGINS[size]!, residual, inDeviations: true };
    }),
  );
}

function probeBatch(
  name: string,
  heads: readonly Head[],
  judged: readonly RowKind[],
  others: readonly RowKind[],
  targetDeviations: Readonly<Record<string, ArrayLike<number>>>,
): ProbeBatch {
  const kinds = [...judged, ...others];
  return {
    rows: kinds.length,
    judged: judged.length,
    points: heads.map((head) => {
      const random = stream('probe', name, head.kind, head.outputs);
      return head.kind === 'regression'
        ? residualPoints(head.outputs, kinds, random, targetDeviations[head.name])
        : logitPoints(head.outputs, kinds, random);
    }),
  };
}

function residualPoints(
  outputs: number,
  kinds: readonly RowKind[],
  random: Stream,
  deviations: ArrayLike<number> | undefined,
): ProbePoints {
  const unit = (index: number): number => {
    const { inDeviations } = kinds[Math.floor(index / outputs)]!;
    // Targets that are all equal have no unit of their own.
    return (inDeviations === true && deviations?.[index % outputs]) || 1;
  };
  const target = Float32Array.from(
    { length: kinds.length * outputs },
    (_, index) => unit(index) * random.normal(),
  );
  const prediction = target.map((value, index) => {
    const row = Math.floor(index / outputs);
    // Every output meets both signs and all sizes; a little noise keeps the residuals apart.
    const blur = 1 + 0.1 * random.uniform();
    const turn = RESIDUALS[(row + (index % outputs)) % RESIDUALS.length]!;
    const { residual = Math.abs(turn), inDeviations } = kinds[row]!;
    const apart = kinds[row]!.residual === undefined || inDeviations === true ? blur : 1;
    return value + unit(index) * Math.sign(turn) * residual * apart;
  });
  return { prediction, target };
}

function logitPoints(outputs: number, kinds: readonly RowKind[], random: Stream): ProbePoints {
  const classes = Math.max(outputs, 2);
  const prediction = new Float32Array(kinds.length * outputs);
  const target = new Float32Array(kinds.length * outputs);
  kinds.forEach(({ noise, margin }, row) => {
    const label = row % classes;
    const favoured = margin >= 0 ? label : (label + 1) % classes;
    const lead = Math.abs(margin) * (1 + 0.3 * random.uniform());
    for (let output = 0; output < outputs; output++) {
      const at = row * outputs + output;
      // A single output is the logit of class 1 against class 0.
      const sign = outputs === 1 ? (favoured === 1 ? 1 : -1) : output === favoured ? 1 : 0;
      prediction[at] = noise * random.normal() + sign * lead;
      target[at] = (outputs === 1 ? 1 : output) === label ? 1 : 0;
    }
  });
  return { prediction, target };
}

const repeat = (kind: RowKind, times: number): RowKind[] => Array.from({ length: times }, () => kind);
