/**
 * Every built-in loss once more, in float64 and in the plainest form of its formula. Shares no code with the
 * losses; good only at moderate predictions.
 */
import { CLASS_FORMULAS, RESIDUAL_FORMULAS } from './formulas.js';

export type Row = readonly number[];
export type Theta = Readonly<Record<string, number | Row>>;

export interface ReferenceInputs {
  readonly z: readonly Row[];
  readonly t: readonly Row[];
  readonly theta: Theta;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly counts: Row;
  /** Predictions from which weights without a gradient are computed. */
  readonly frozen: readonly Row[];
}
type Reference = (inputs: ReferenceInputs) => number[];
type Kinds = {
  readonly binary?: Reference;
  readonly multiclass?: Reference;
  readonly regression?: Reference;
};

export const sum = (row: Row): number => row.reduce((total, value) => total + value, 0);
const mean = (row: Row): number => sum(row) / row.length;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export function softmax(row: Row): number[] {
  const exponentials = row.map((value) => Math.exp(value));
  const total = sum(exponentials);
  return exponentials.map((value) => value / total);
}
const num = (theta: Theta, name: string): number => theta[name] as number;

/** Probabilities and targets of both classes of a binary row, or of all classes. */
const twoClasses = (row: Row, isTarget: boolean): number[] => {
  const p = isTarget ? row[0]! : sigmoid(row[0]!);
  return [1 - p, p];
};

/** Σ_c loss(p_c, t_c, c, frozen p_c) of every sample, binary as two classes. */
function classwise(
  loss: (p: number, t: number, c: number, frozen: number, inputs: ReferenceInputs, classes: number) => number,
): Required<Pick<Kinds, 'binary' | 'multiclass'>> {
  const evaluate =
    (probabilities: (row: Row) => number[], targets: (row: Row) => Row): Reference =>
    (inputs) =>
      inputs.z.map((row, n) => {
        const p = probabilities(row);
        const frozen = probabilities(inputs.frozen[n]!);
        const t = targets(inputs.t[n]!);
        return sum(p.map((value, c) => loss(value, t[c]!, c, frozen[c]!, inputs, p.length)));
      });
  return {
    binary: evaluate(
      (row) => twoClasses(row, false),
      (row) => twoClasses(row, true),
    ),
    multiclass: evaluate(softmax, (row) => row),
  };
}

const residual =
  (loss: (d: number, theta: Theta) => number): Reference =>
  ({ z, t, theta }) =>
    z.map((row, n) => mean(row.map((value, c) => loss(value - t[n]![c]!, theta))));

const effectiveWeights = ({ counts, theta }: ReferenceInputs): number[] => {
  const beta = num(theta, 'beta');
  const raw = counts.map((n) => (1 - beta) / (1 - beta ** n));
  return raw.map((value) => (value * counts.length) / sum(raw));
};

const powerWeights = ({ counts, theta }: ReferenceInputs): number[] => {
  const raw = counts.map((n) => n ** (1 - 2 * num(theta, 'alpha')));
  return raw.map((value) => (value * counts.length) / sum(raw));
};

function overlap(
  loss: (truePositive: number, p: Row, t: Row, inputs: ReferenceInputs) => { error: number; whole: number },
  power: (theta: Theta) => number = () => 1,
): Required<Pick<Kinds, 'binary' | 'multiclass'>> {
  const evaluate =
    (probabilities: (row: Row) => number[]): Reference =>
    (inputs) => {
      const p = inputs.z.map(probabilities);
      const classes = p[0]!.map((_, c) => c);
      const smooth = num(inputs.theta, 'smooth');
      const g = power(inputs.theta);
      const part = (rows: readonly number[], c: number) => {
        const pc = rows.map((n) => p[n]![c]!);
        const tc = rows.map((n) => inputs.t[n]![c]!);
        return loss(sum(pc.map((value, i) => value * tc[i]!)), pc, tc, inputs);
      };
      const all = p.map((_, n) => n);
      return all.map((n) =>
        mean(
          classes.map((c) => {
            const own = part([n], c);
            if (inputs.options.over === 'sample') return (own.error / (own.whole + smooth)) ** g;
            const batch = part(all, c);
            const value = batch.error / (batch.whole + smooth);
            return ((all.length * own.error) / batch.error) * value ** g;
          }),
        ),
      );
    };
  return { binary: evaluate((row) => [sigmoid(row[0]!)]), multiclass: evaluate(softmax) };
}

const dice = overlap((truePositive, p, t, { options }) => {
  const whole =
    options.squared === true ? sum(p.map((x) => x * x)) + sum(t.map((x) => x * x)) : sum(p) + sum(t);
  return { error: whole - 2 * truePositive, whole };
});
const tverskyParts = (truePositive: number, p: Row, t: Row, { theta }: ReferenceInputs) => {
  const error = num(theta, 'fp') * (sum(p) - truePositive) + num(theta, 'fn') * (sum(t) - truePositive);
  return { error, whole: truePositive + error };
};

const asymmetricTerm =
  (margin: number, positive: number, negative: number) =>
  (p: number, t: number, weighed: number): number => {
    const shifted = Math.max(p - margin, 0);
    const shiftedWeighed = Math.max(weighed - margin, 0);
    const ofTarget = -((1 - weighed) ** positive) * Math.log(p);
    const ofOthers = shifted === 0 ? 0 : -(shiftedWeighed ** negative) * Math.log(1 - shifted);
    return t * ofTarget + (1 - t) * ofOthers;
  };
const detachedOr = (p: number, frozen: number, { options }: ReferenceInputs): number =>
  options.stopWeightGradient === true ? frozen : p;

export const references: Readonly<Record<string, Kinds>> = {
  'cross-entropy': classwise((p, t) => -t * Math.log(p)),
  'label-smoothing': classwise((p, t, _c, _f, { theta }, classes) => {
    const e = num(theta, 'epsilon');
    return -(t * (1 - e) + e / classes) * Math.log(p);
  }),
  'class-weighted-cross-entropy': classwise(
    (p, t, c, _f, { theta }) => -(theta.weights as Row)[c]! * t * Math.log(p),
  ),
  'class-balanced-cross-entropy': classwise(
    (p, t, c, _f, inputs) => -effectiveWeights(inputs)[c]! * t * Math.log(p),
  ),
  focal: classwise((p, t, _c, _f, { theta }) => -t * (1 - p) ** num(theta, 'gamma') * Math.log(p)),
  'balanced-focal': {
    binary: classwise((p, t, c, _f, { theta }) => {
      const a = c === 1 ? num(theta, 'alpha') : 1 - num(theta, 'alpha');
      return -t * a * (1 - p) ** num(theta, 'gamma') * Math.log(p);
    }).binary,
    multiclass: classwise(
      (p, t, c, _f, inputs) =>
        -t * powerWeights(inputs)[c]! * (1 - p) ** num(inputs.theta, 'gamma') * Math.log(p),
    ).multiclass,
  },
  asymmetric: {
    // One logit, not two classes: its own label is the positive class.
    binary: (inputs) => {
      const { z, t, theta, frozen } = inputs;
      const term = asymmetricTerm(
        num(theta, 'margin'),
        num(theta, 'gammaPositive'),
        num(theta, 'gammaNegative'),
      );
      return z.map((row, n) => {
        const p = sigmoid(row[0]!);
        return term(p, t[n]![0]!, detachedOr(p, sigmoid(frozen[n]![0]!), inputs));
      });
    },
    multiclass: classwise((p, t, _c, frozen, inputs) => {
      const { theta } = inputs;
      const term = asymmetricTerm(
        num(theta, 'margin'),
        num(theta, 'gammaPositive'),
        num(theta, 'gammaNegative'),
      );
      return term(p, t, detachedOr(p, frozen, inputs));
    }).multiclass,
  },
  'asymmetric-single-label': {
    multiclass: classwise((p, t, _c, frozen, inputs, classes) => {
      const weighed = detachedOr(p, frozen, inputs);
      const e = num(inputs.theta, 'smoothing');
      const weight =
        t * (1 - weighed) ** num(inputs.theta, 'gammaPositive') +
        (1 - t) * weighed ** num(inputs.theta, 'gammaNegative');
      return -(t * (1 - e) + e / classes) * weight * Math.log(p);
    }).multiclass,
  },
  'poly-1': classwise((p, t, _c, _f, { theta }) => t * (-Math.log(p) + num(theta, 'epsilon') * (1 - p))),
  'generalized-cross-entropy': classwise(
    (p, t, _c, _f, { theta }) => (t * (1 - p ** num(theta, 'q'))) / num(theta, 'q'),
  ),
  'symmetric-cross-entropy': classwise((p, t, _c, _f, { theta }) => {
    const logTarget = Math.max(Math.log(t), num(theta, 'logZero'));
    return -num(theta, 'alpha') * t * Math.log(p) - num(theta, 'beta') * p * logTarget;
  }),
  dice,
  tversky: overlap(tverskyParts),
  'focal-tversky': overlap(tverskyParts, (theta) => num(theta, 'gamma')),
  mse: {
    binary: ({ z, t }) => z.map((row, n) => (sigmoid(row[0]!) - t[n]![0]!) ** 2),
    multiclass: classwise((p, t) => (p - t) ** 2).multiclass,
    regression: residual((d) => d * d),
  },
  mae: {
    binary: ({ z, t }) => z.map((row, n) => Math.abs(sigmoid(row[0]!) - t[n]![0]!)),
    multiclass: classwise((p, t) => Math.abs(p - t) / 2).multiclass,
    regression: residual((d) => Math.abs(d)),
  },
  huber: {
    regression: residual((d, theta) => {
      const delta = num(theta, 'delta');
      return Math.abs(d) <= delta ? (d * d) / 2 : delta * (Math.abs(d) - delta / 2);
    }),
  },
  'log-cosh': { regression: residual((d) => Math.log(Math.cosh(d))) },
  barron: {
    regression: residual((d, theta) => {
      const alpha = num(theta, 'alpha');
      const b = Math.abs(alpha - 2);
      const squared = (d / num(theta, 'scale')) ** 2;
      if (alpha === 0) return Math.log1p(squared / 2);
      if (b === 0) return squared / 2;
      return (b / alpha) * ((squared / b + 1) ** (alpha / 2) - 1);
    }),
  },
  symbolic: {
    ...classwise((p, t, _c, _f, { options }) => CLASS_FORMULAS[String(options.expression)]!(p, t)),
    regression: (inputs) => residual((d) => RESIDUAL_FORMULAS[String(inputs.options.expression)]!(d))(inputs),
  },
};
