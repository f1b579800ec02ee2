import type { Candidate, CurriculumSpec } from '../../candidate/candidate.js';
import { pacedSize } from '../../curriculum/paced-count.js';
import { buildLoss } from '../../losses/build-loss.js';
import type { Registries } from '../../plugins/registries.js';
import type { Head } from '../../problem/head.js';
import { compileParameter, INITIAL_STATE } from '../../schedules/compile-parameter.js';
import type { ParameterSpec } from '../../candidate/parameter-spec.js';
import type { ScheduleCurve } from '../found-loss-curves.js';

/** Points of a curve, both ends among them. */
const POINTS = 101;

const overTraining = (valueAt: (progress: number) => number): ScheduleCurve['points'] =>
  Array.from({ length: POINTS }, (_, index) => {
    const progress = index / (POINTS - 1);
    return { progress, value: valueAt(progress) };
  });

/**
 * What a candidate changes over training: the parameters of its loss, and its curriculum. Schedules of training state
 * are left out: each run has its own.
 */
export function scheduleCurves(
  candidate: Candidate,
  heads: readonly Head[],
  registries: Registries,
): readonly ScheduleCurve[] {
  const scheduled = (parameter: string, path: string, spec: ParameterSpec): readonly ScheduleCurve[] => {
    const { driver, valueAt } = compileParameter(spec, registries.schedules, path);
    if (driver !== 'progress') return [];
    const points = overTraining((progress) => {
      const value = valueAt(progress, INITIAL_STATE);
      return typeof value === 'number' ? value : value[0]!;
    });
    return [{ parameter, points }];
  };
  const ofLoss = buildLoss(candidate.loss, heads, registries.losses).slots.flatMap(({ path, source }) =>
    source.kind === 'parameter'
      ? scheduled(path.replace(/^loss\./, '').replace('parameters.', ''), path, source.spec)
      : [],
  );
  const { curriculum } = candidate;
  return curriculum === undefined ? ofLoss : [...ofLoss, ...ofCurriculum(curriculum, scheduled)];
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
