import type { Json } from '../core/json.js';
import type { CurvePoint } from '../trial/trial.js';
import type { TrialState } from './trial-record.js';

/** JSON has no NaN: a value that is not defined is null there. */
const toJson = (value: number): number | null => (Number.isFinite(value) ? value : null);
const fromJson = (value: number | null): number => value ?? Number.NaN;

type Stored<Value> = {
  readonly [Key in keyof Value]: Value[Key] extends number ? number | null : Value[Key];
};

export function curveToJson(curve: readonly CurvePoint[]): Json {
  return curve.map((point) => ({
    step: point.step,
    trainLoss: toJson(point.trainLoss),
    validationLoss: toJson(point.validationLoss),
    validationScore: toJson(point.validationScore),
  }));
}

export function curveFromJson(stored: readonly Stored<CurvePoint>[]): readonly CurvePoint[] {
  return stored.map((point) => ({
    step: fromJson(point.step),
    trainLoss: fromJson(point.trainLoss),
    validationLoss: fromJson(point.validationLoss),
    validationScore: fromJson(point.validationScore),
  }));
}

export function scoresToJson(scores: Readonly<Record<string, number>>): {
  readonly [key: string]: number | null;
} {
  return Object.fromEntries(Object.entries(scores).map(([key, value]) => [key, toJson(value)]));
}

export function scoresFromJson(
  stored: Readonly<Record<string, number | null>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, fromJson(value)]));
}

export function stateToJson(outcome: TrialState): Json {
  if (outcome.state !== 'completed' && outcome.state !== 'pruned') return outcome as unknown as Json;
  const { metrics, curve, ...rest } = outcome;
  return { ...rest, metrics: scoresToJson(metrics), curve: curveToJson(curve) } as unknown as Json;
}

export function stateFromJson(stored: Json): TrialState {
  const outcome = stored as unknown as TrialState;
  if (outcome.state !== 'completed' && outcome.state !== 'pruned') return outcome;
  return { ...outcome, metrics: scoresFromJson(outcome.metrics), curve: curveFromJson(outcome.curve) };
}
