import type { Candidate, LossSpec, MultiTaskSpec } from './candidate.js';
import { SYMBOLIC } from './canonical-candidate.js';
import { isSchedule, type ParameterSpec } from './parameter-spec.js';

/** Four significant digits: enough to tell candidates apart in a table; the JSON beside it is exact. */
const digits = (value: number): string => String(Number(value.toPrecision(4)));

function describeValue(value: unknown): string {
  if (typeof value === 'number') return digits(value);
  if (Array.isArray(value)) return `[${value.map(describeValue).join(' ')}]`;
  return String(value);
}

function describeParameter(spec: ParameterSpec): string {
  if (!isSchedule(spec)) return describeValue(spec);
  const { schedule, ...options } = spec;
  const { from, to, ...rest } = options;
  const span = from === undefined || to === undefined ? [] : [`${describeValue(from)}→${describeValue(to)}`];
  const others = Object.entries(rest).map(([key, value]) => `${key} ${describeValue(value)}`);
  return [schedule, ...span, ...others].join(' ');
}

function describeLoss(loss: LossSpec | MultiTaskSpec): string {
  if ('heads' in loss) {
    const heads = Object.entries(loss.heads).map(([head, spec]) => `${head}: ${describeLoss(spec)}`);
    const { weighting } = loss;
    const weights =
      weighting.name === 'fixed'
        ? Object.entries(weighting.weights).map(([head, weight]) => `${head} ${describeParameter(weight)}`)
        : [];
    return `{${heads.join(', ')}} weighted ${[weighting.name, ...weights].join(', ')}`;
  }
  if ('terms' in loss) {
    return loss.terms
      .map(({ weight, loss: term }) => `${describeParameter(weight)}·${describeLoss(term)}`)
      .join(' + ');
  }
  if (loss.name === SYMBOLIC && loss.options?.['expression'] !== undefined) {
    return `symbolic(${describeValue(loss.options['expression'])})`;
  }
  const inside = [
    ...Object.entries(loss.parameters ?? {}).map(([name, spec]) => `${name} ${describeParameter(spec)}`),
    ...Object.entries(loss.options ?? {}).map(([name, value]) => `${name} ${describeValue(value)}`),
  ];
  return inside.length === 0 ? loss.name : `${loss.name}(${inside.join(', ')})`;
}

/** A candidate on one line for people: `focal(gamma linear 0→3), learning rate 0.002`. */
export function describeCandidate(candidate: Candidate): string {
  const { loss, curriculum, learningRate } = candidate;
  const parts = [describeLoss(loss)];
  if (curriculum?.kind === 'paced') {
    const { pacing } = curriculum;
    parts.push(
      `${curriculum.order} by ${curriculum.difficulty.score}, ${pacing.function} ${digits(pacing.start)}→1 at ${digits(pacing.full)}`,
    );
  }
  if (curriculum?.kind === 'self-paced') {
    parts.push(
      `self-paced ${curriculum.weights} ${curriculum.direction} at quantile ${describeParameter(curriculum.threshold)}`,
    );
  }
  if (learningRate !== undefined) parts.push(`learning rate ${digits(learningRate)}`);
  return parts.join('; ');
}
