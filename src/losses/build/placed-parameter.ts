import { isSchedule, type ParameterSpec } from '../../candidate/parameter-spec.js';
import { renderValue } from '../../core/render-value.js';
import type { ThetaSlot } from '../built-loss.js';
import type { LossParameter } from '../loss.js';
import { candidateError } from './candidate-error.js';

/** A parameter of a candidate's loss: where it stands, what it holds, and what it may hold. */
export interface PlacedParameter {
  /** Path in the candidate, for messages: `loss.terms.0.loss.parameters.gamma`. */
  readonly path: string;
  readonly slot: ThetaSlot;
  /** Inclusive range of its values. */
  readonly low: number;
  readonly high: number;
  readonly unit?: LossParameter['unit'];
}

/** What a parameter may be, apart from where it stands. */
export type ParameterRule = Pick<LossParameter, 'default' | 'low' | 'high' | 'unit'>;

/** `a number in [0, 5]`, `a number ≥ 0`, `a finite number`. */
export function renderRange({ low, high }: { readonly low: number; readonly high: number }): string {
  if (low === -Infinity && high === Infinity) return 'a finite number';
  if (high === Infinity) return `a number >= ${low}`;
  if (low === -Infinity) return `a number <= ${high}`;
  return `a number in [${low}, ${high}]`;
}

/**
 * Checks values that a parameter takes (a constant, or samples of a schedule).
 * @throws UserError `candidate` at the path of the parameter for the first value that is not finite or not in range.
 */
export function checkParameterRange(
  parameter: Pick<PlacedParameter, 'path' | 'low' | 'high'>,
  values: readonly number[],
): void {
  for (const value of values) {
    if (Number.isFinite(value) && value >= parameter.low && value <= parameter.high) continue;
    throw candidateError(
      parameter.path,
      'the value is out of range',
      renderValue(value),
      renderRange(parameter),
    );
  }
}

/**
 * A parameter with its slot. A list is only for parameters of one value per class (size > 1), which also take one
 * number for all classes, but no schedule. Constants are checked against the range.
 * @throws UserError `candidate`
 */
export function placeParameter(
  rule: ParameterRule,
  given: ParameterSpec | undefined,
  place: { readonly path: string; readonly slotPath: string; readonly size: number },
): PlacedParameter {
  const spec = normalise(given ?? rule.default, place, rule);
  const slot: ThetaSlot = { path: place.slotPath, size: place.size, source: { kind: 'parameter', spec } };
  const { low, high, unit } = rule;
  const parameter = { path: place.path, slot, low, high, ...(unit === undefined ? {} : { unit }) };
  if (typeof spec === 'number') checkParameterRange(parameter, [spec]);
  else if (!isSchedule(spec)) checkParameterRange(parameter, spec);
  return parameter;
}

function normalise(
  spec: ParameterSpec,
  { path, size }: { readonly path: string; readonly size: number },
  rule: ParameterRule,
): ParameterSpec {
  const wrong = (expected: string): Error =>
    candidateError(path, 'the parameter has the wrong form', renderValue(spec), expected);
  if (size > 1) {
    const expected = `a number or a list of ${size} numbers, one per class`;
    if (typeof spec === 'number') return Array.from({ length: size }, () => spec);
    if (isList(spec) && spec.length === size && spec.every((item) => typeof item === 'number')) return spec;
    throw wrong(expected);
  }
  if (typeof spec === 'number') return spec;
  // Candidates may come from outside, unchecked: null is an object too.
  if (typeof spec === 'object' && (spec as unknown) !== null && isSchedule(spec)) {
    if (typeof spec.schedule === 'string') return spec;
  }
  throw wrong(`${renderRange(rule)}, or a schedule`);
}

const isList = (spec: ParameterSpec): spec is readonly number[] => Array.isArray(spec);
