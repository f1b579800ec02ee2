import { AVERAGE_TEMPERATURE, type TaskWeightingSpec } from '../../candidate/candidate.js';
import type { Json } from '../../core/json.js';
import { renderValue } from '../../core/render-value.js';
import type { Head } from '../../problem/head.js';
import { ops, type Tensor } from '../../tensor/index.js';
import type { LearnedParameter, ThetaSlot } from '../built-loss.js';
import { candidateError, checkKeys } from './candidate-error.js';
import { WEIGHT } from './head-part.js';
import { placeParameter, type PlacedParameter } from './placed-parameter.js';

/** Log variance at the start, as in the code that is compared with most (LibMTL). */
const INITIAL_LOG_VARIANCE = -0.5;

/** How the losses of the heads become one. */
export interface HeadWeighting {
  readonly structure: Json;
  /** After the slots of the losses. */
  readonly slots: readonly ThetaSlot[];
  /** Those of the slots that a candidate sets. */
  readonly parameters: readonly PlacedParameter[];
  readonly learned: readonly LearnedParameter[];
  /** Head losses [N] in the order of the heads → total [N]; `theta` holds one tensor per slot. */
  combine(
    losses: readonly Tensor[],
    theta: readonly Tensor[],
    learned: Readonly<Record<string, Tensor>>,
  ): Tensor;
}

/** @throws UserError `candidate` */
export function headWeighting(spec: TaskWeightingSpec, heads: readonly Head[], path: string): HeadWeighting {
  switch (spec.name) {
    case 'fixed':
      return fixed(spec, heads, path);
    case 'uncertainty':
      checkKeys(spec, ['name'], path, 'entry of the weighting');
      return uncertainty(heads);
    case 'dynamic-weight-average':
      return dynamicWeightAverage(spec, heads, path);
    default:
      throw candidateError(
        `${path}.name`,
        'unknown weighting',
        renderValue((spec as { readonly name: unknown }).name),
        'one of fixed, uncertainty, dynamic-weight-average',
      );
  }
}

const sumOf = (parts: readonly Tensor[]): Tensor => parts.reduce((total, part) => ops.add(total, part));

const weightedSum = (losses: readonly Tensor[], weights: readonly Tensor[]): Tensor =>
  sumOf(losses.map((loss, index) => ops.mul(weights[index]!, loss)));

/** Σ w_h·L_h; a weight that is left out is 1. */
function fixed(
  spec: Extract<TaskWeightingSpec, { name: 'fixed' }>,
  heads: readonly Head[],
  path: string,
): HeadWeighting {
  checkKeys(spec, ['name', 'weights'], path, 'entry of the weighting');
  const weights = spec.weights ?? {};
  const names = heads.map(({ name }) => name);
  checkKeys(weights, names, `${path}.weights`, 'head');
  const parameters = names.map((name) => {
    const place = `${path}.weights.${name}`;
    return placeParameter(WEIGHT, weights[name], { path: place, slotPath: place, size: 1 });
  });
  return {
    structure: { name: spec.name },
    slots: parameters.map(({ slot }) => slot),
    parameters,
    learned: [],
    combine: weightedSum,
  };
}

/** Σ L_h/(2e^{s_h}) + s_h/2 with learned log variances s (Kendall CVPR'18). */
function uncertainty(heads: readonly Head[]): HeadWeighting {
  const names = heads.map(({ name }) => `loss/log-variance/${name}`);
  return {
    structure: { name: 'uncertainty' },
    slots: [],
    parameters: [],
    learned: names.map((name) => ({ name, initial: INITIAL_LOG_VARIANCE })),
    combine: (losses, _theta, learned) =>
      sumOf(
        losses.map((loss, index) => {
          const logVariance = learned[names[index]!]!;
          const precision = ops.exp(ops.neg(logVariance));
          return ops.div(ops.add(ops.mul(loss, precision), logVariance), 2);
        }),
      ),
  };
}

/** Σ w_h·L_h with weights that the trainer computes from the losses of its last two epochs (Liu CVPR'19). */
function dynamicWeightAverage(
  spec: Extract<TaskWeightingSpec, { name: 'dynamic-weight-average' }>,
  heads: readonly Head[],
  path: string,
): HeadWeighting {
  checkKeys(spec, ['name', 'temperature'], path, 'entry of the weighting');
  const temperature = spec.temperature ?? AVERAGE_TEMPERATURE;
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    const found = renderValue(temperature);
    throw candidateError(`${path}.temperature`, 'the value is out of range', found, 'a number > 0');
  }
  return {
    structure: { name: spec.name },
    slots: heads.map(({ name }) => ({
      path: `${path}.weights.${name}`,
      size: 1,
      source: { kind: 'dynamic-weight-average', head: name, temperature },
    })),
    parameters: [],
    learned: [],
    combine: weightedSum,
  };
}
