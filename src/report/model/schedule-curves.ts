import type { Candidate, CurriculumSpec } from '../../candidate/candidate.js';
import { pacedSize } from '../../curriculum/paced-count.js';
import { buildLoss } from '../../losses/build-loss.js';
import type { Registries } from '../../plugins/registries.js';
import type { Head } from '../../problem/head.js';
import { compileParameter, INITIAL_STATE } from '../../schedules/compile-parameter.js';
import type { TrainingState } from '../../schedules/schedule.js';
import type { CurvePoint } from '../../trial/trial.js';
import type { ParameterSpec } from '../../candidate/parameter-spec.js';
import type { ScheduleCurve } from '../found-loss-curves.js';

/** Points of a curve, both ends among them. */
const POINTS = 101;

const overTraining = (valueAt: (progress: number) => number): ScheduleCurve['points'] =>
  Array.from({ length: POINTS }, (_, index) => {
    const progress = index / (POINTS - 1);
    return { progress, value: valueAt(progress) };
  });

/** A training that was done: what schedules of training state followed. */
export interface ReplayedRun {
  /** Steps of the whole training. */
  readonly steps: number;
  readonly curve: readonly Pick<CurvePoint, 'step' | 'validationLoss'>[];
}

/**
 * What a candidate changes over training: the parameters of its loss, and its curriculum. Each run has its own way of
 * the schedules of training state: they are replayed on one, and left out where there is none.
 */
export function scheduleCurves(
  candidate: Candidate,
  heads: readonly Head[],
  registries: Registries,
  run: ReplayedRun | undefined,
): readonly ScheduleCurve[] {
  const scheduled = (parameter: string, path: string, spec: ParameterSpec): readonly ScheduleCurve[] => {
    const { driver, valueAt } = compileParameter(spec, registries.schedules, path);
    if (driver === 'constant' || (driver === 'state' && run === undefined)) return [];
    const points = overTraining((progress) => {
      const value = valueAt(progress, run === undefined ? INITIAL_STATE : stateAt(progress, run));
      return typeof value === 'number' ? value : value[0]!;
    });
    return [{ parameter, points, ...(driver === 'state' ? { replayed: true } : {}) }];
  };
  const ofLoss = buildLoss(candidate.loss, heads, registries.losses).slots.flatMap(({ path, source }) =>
    source.kind === 'parameter'
      ? scheduled(path.replace(/^loss\./, '').replace('parameters.', ''), path, source.spec)
      : [],
  );
  const { curriculum } = candidate;
  return curriculum === undefined ? ofLoss : [...ofLoss, ...ofCurriculum(curriculum, scheduled)];
}

/** What the chunk of a step saw: the evaluations before it, not the one at its end. */
function stateAt(progress: number, { steps, curve }: ReplayedRun): TrainingState {
  // Progress is 1 at the last step, which is `steps` − 1; a point between two steps belongs to the earlier one.
  const step = Math.floor(progress * (steps - 1) + 1e-9);
  const before = curve.filter((point) => point.step <= step);
  return { validationLosses: before.map(({ validationLoss }) => validationLoss) };
}

function ofCurriculum(
  curriculum: CurriculumSpec,
  scheduled: (parameter: string, path: string, spec: ParameterSpec) => readonly ScheduleCurve[],
): readonly ScheduleCurve[] {
  if (curriculum.kind === 'self-paced') {
    return scheduled('self-paced threshold (quantile)', 'curriculum.threshold', curriculum.threshold);
  }
  const { pacing } = curriculum;
  const share = (progress: number): number => pacedSize({ pacing, available: 1, progress });
  return [{ parameter: `share of the samples in use, ${curriculum.order}`, points: overTraining(share) }];
}
