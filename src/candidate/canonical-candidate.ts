import {
  AVERAGE_TEMPERATURE,
  type Candidate,
  type CurriculumSpec,
  type LossSpec,
  type MultiTaskSpec,
  type SimpleLossSpec,
  type TaskWeightingSpec,
} from './candidate.js';
import { ExpressionError } from '../expressions/expression-error.js';
import { parseExpression } from '../expressions/parse-expression.js';
import { printExpression } from '../expressions/print-expression.js';
import { simplifyExpression } from '../expressions/simplify-expression.js';
import { isSchedule, type ParameterSpec, type ScheduleSpec } from './parameter-spec.js';

/**
 * The form of a candidate that its hash is taken of; it means the same and is a candidate itself. Schedules that
 * never move become numbers; options of schedules and of task weightings that have their default are dropped, and so
 * are empty lists of parameters and options; formulas take their canonical form. What only a registry can know (defaults of a loss, losses that are equal under other
 * names) is left to the probe.
 */
export function canonicalCandidate(candidate: Candidate): Candidate {
  return {
    loss: canonicalLoss(candidate.loss),
    ...(candidate.curriculum === undefined ? {} : { curriculum: canonicalCurriculum(candidate.curriculum) }),
    ...(candidate.learningRate === undefined ? {} : { learningRate: candidate.learningRate }),
  };
}

function canonicalLoss(loss: LossSpec | MultiTaskSpec): LossSpec | MultiTaskSpec {
  if ('heads' in loss) {
    const { weighting } = loss;
    return {
      name: loss.name,
      heads: mapValues(loss.heads, canonicalHeadLoss),
      weighting: canonicalWeighting(weighting),
    };
  }
  return canonicalHeadLoss(loss);
}

function canonicalWeighting(weighting: TaskWeightingSpec): TaskWeightingSpec {
  switch (weighting.name) {
    case 'fixed': {
      const weights = Object.entries(mapValues(weighting.weights, canonicalParameter));
      return { name: 'fixed', weights: Object.fromEntries(weights.filter(([, weight]) => weight !== 1)) };
    }
    case 'dynamic-weight-average': {
      const { name, temperature } = weighting;
      return temperature === undefined || temperature === AVERAGE_TEMPERATURE ? { name } : weighting;
    }
    case 'uncertainty':
      return weighting;
  }
}

function canonicalHeadLoss(loss: LossSpec): LossSpec {
  if ('terms' in loss) {
    return {
      name: loss.name,
      terms: loss.terms.map((term) => ({
        weight: canonicalParameter(term.weight),
        loss: canonicalSimpleLoss(term.loss),
      })),
    };
  }
  return canonicalSimpleLoss(loss);
}

function canonicalSimpleLoss({ name, parameters = {}, options = {} }: SimpleLossSpec): SimpleLossSpec {
  return {
    name,
    ...(Object.keys(parameters).length === 0
      ? {}
      : { parameters: mapValues(parameters, canonicalParameter) }),
    ...(Object.keys(options).length === 0
      ? {}
      : { options: name === SYMBOLIC ? canonicalFormula(options) : options }),
  };
}

/** The loss whose option `expression` is a formula. */
export const SYMBOLIC = 'symbolic';

/** The formula in its canonical form; a text that is no formula is left as it is, for the loss to refuse. */
function canonicalFormula(
  options: NonNullable<SimpleLossSpec['options']>,
): NonNullable<SimpleLossSpec['options']> {
  const { expression } = options;
  if (typeof expression !== 'string') return options;
  try {
    return { ...options, expression: printExpression(simplifyExpression(parseExpression(expression))) };
  } catch (error) {
    if (error instanceof ExpressionError) return options;
    throw error;
  }
}

function canonicalCurriculum(curriculum: CurriculumSpec): CurriculumSpec {
  return curriculum.kind === 'paced'
    ? curriculum
    : { ...curriculum, threshold: canonicalParameter(curriculum.threshold) };
}

/** A schedule that never moves as the number that it stands for; other schedules without default options. */
export function canonicalParameter(spec: ParameterSpec): ParameterSpec {
  if (!isSchedule(spec)) return spec;
  const only = onlyValue(spec);
  if (only !== undefined) return only;
  const defaults = SCHEDULE_DEFAULTS[spec.schedule] ?? {};
  // `monotone` is a demand on the points of a curve: it never changes the curve.
  const kept = Object.entries(spec).filter(
    ([key, value]) => defaults[key] !== value && !(spec.schedule === 'curve' && key === 'monotone'),
  );
  return { ...Object.fromEntries(kept), schedule: spec.schedule };
}

const RAMP_DEFAULTS = { begin: 0, end: 1 };

/** Defaults of the schedules of the package, as their schemas have them (a test holds the two together). */
export const SCHEDULE_DEFAULTS: Readonly<
  Record<string, Readonly<Record<string, number | string | undefined>>>
> = {
  linear: RAMP_DEFAULTS,
  cosine: RAMP_DEFAULTS,
  exponential: RAMP_DEFAULTS,
  curve: { interpolation: 'pchip' },
  plateau: { stages: 1, patience: 2, tolerance: 0 },
};

/** The value of a schedule that takes one value only, where that shows from its options. */
function onlyValue(spec: ScheduleSpec): number | undefined {
  switch (spec.schedule) {
    case 'constant':
      return single([spec['value']]);
    case 'linear':
    case 'cosine':
    case 'exponential':
    case 'plateau':
      return single([spec['from'], spec['to']]);
    case 'step':
      return single(spec['values']);
    case 'curve':
      return single(spec['points']);
    default:
      return undefined;
  }
}

function single(values: unknown): number | undefined {
  if (!Array.isArray(values)) return undefined;
  const first: unknown = values[0];
  return typeof first === 'number' && values.every((value) => value === first) ? first : undefined;
}

function mapValues<From, To>(
  entries: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value)]));
}
