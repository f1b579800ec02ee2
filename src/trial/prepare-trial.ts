import { buildLoss } from '../losses/build-loss.js';
import type { BuiltLoss } from '../losses/built-loss.js';
import { compileParameter, type CompiledParameter } from '../schedules/compile-parameter.js';
import { pacedPlan, plainPlan, type SamplePlan } from './sample-plan.js';
import { thetaProgram, type ThetaProgram } from './theta.js';
import type { TrialContext } from './trial-context.js';
import type { SelfPacedCurriculumSpec } from '../candidate/candidate.js';
import type { TrialJob } from './trial.js';

/** A job with its candidate turned into functions. Holds no state of the training. */
export interface PreparedTrial {
  readonly job: TrialJob;
  readonly loss: BuiltLoss;
  readonly theta: ThetaProgram;
  readonly plan: SamplePlan;
  readonly selfPaced?: {
    readonly spec: SelfPacedCurriculumSpec;
    /** λ as a quantile, by progress and state. */
    readonly threshold: CompiledParameter;
  };
  readonly learningRate: number;
}

/**
 * Compiles a candidate.
 * @param referenceLosses where the curriculum needs them (see `pacedPlan`)
 * @throws UserError `candidate` when it does not fit the task or names what does not exist
 */
export function prepareTrial(
  job: TrialJob,
  context: TrialContext,
  referenceLosses: Float32Array | undefined,
): PreparedTrial {
  const { data, setup, registries } = context;
  const { candidate } = job;
  const { curriculum } = candidate;
  const loss = buildLoss(candidate.loss, data.heads, registries.losses);
  const plan =
    curriculum?.kind === 'paced' ? pacedPlan(curriculum, data, job.seed, referenceLosses) : plainPlan(data);
  const prepared = {
    job,
    loss,
    theta: thetaProgram(loss, data.heads, registries.schedules),
    plan,
    learningRate: candidate.learningRate ?? setup.learningRate,
  };
  if (curriculum?.kind !== 'self-paced') return prepared;
  const threshold = compileParameter(curriculum.threshold, registries.schedules, 'curriculum.threshold');
  return { ...prepared, selfPaced: { spec: curriculum, threshold } };
}
