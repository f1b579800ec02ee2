import { stream } from '../core/random.js';
import type { MemberState } from '../engine/engine.js';
import type { BuiltLoss } from '../losses/built-loss.js';
import { initialParameters } from '../train/initial-parameters.js';
import { initialOptimizerState } from '../train/optimizer-state.js';
import { builtinOptimizers } from '../train/registry.js';
import { openingInputs } from './chunk-inputs.js';
import { prepareTrial, type PreparedTrial } from './prepare-trial.js';
import { once, type TrialContext } from './trial-context.js';
import type { Checkpoint } from './trial.js';

/** Batches over which the norms of the gradients are averaged. */
const NORM_BATCHES = 4;

/**
 * The checkpoint from which a trial sets out: initial weights of its seed, and the factor that gives its loss the
 * gradient norm of the plain loss there. A string says why it cannot set out: its gradient is 0 or not finite.
 */
export async function startTrial(trial: PreparedTrial, context: TrialContext): Promise<Checkpoint | string> {
  const state = initialState(context, trial.loss, trial.job.seed);
  const lossScale = context.setup.normaliseGradient ? await gradientScale(trial, state, context) : 1;
  if (typeof lossScale === 'string') return lossScale;
  const seesLosses = trial.selfPaced !== undefined;
  return {
    fidelity: 0,
    state,
    lossScale,
    curve: [],
    headLosses: [],
    ...(seesLosses ? { lastLosses: new Float32Array(context.data.parts.train.length).fill(NaN) } : {}),
  };
}

/** Weights before the first step: those of the model from the stream of the seed, then those of the loss. */
function initialState({ data, setup, registries }: TrialContext, loss: BuiltLoss, seed: string): MemberState {
  const shape = { input: data.inputShape, heads: data.heads };
  const model = registries.models.get(setup.model.name);
  const parameters = initialParameters(
    { model, modelOptions: setup.model.options, shape, loss },
    stream(seed, 'init'),
  );
  const rule = builtinOptimizers.get(setup.optimizer.name);
  return { parameters, optimizer: initialOptimizerState(rule, parameters) };
}

/** Norm of the plain loss over norm of the candidate's, both at the start; or what is wrong with one of them. */
async function gradientScale(
  trial: PreparedTrial,
  state: MemberState,
  context: TrialContext,
): Promise<number | string> {
  const plain = await plainNorms(trial, context);
  const inputs = openingInputs(trial, context, plain.length);
  const own = await context.sessions.use(trial.loss, (session) => session.gradientNorms(state, inputs));
  const target = average(plain);
  const norm = average(own);
  const fault = normFault('plain loss', target) ?? normFault('loss', norm);
  return fault ?? target / norm;
}

/** Norms of the plain loss on the first batches of a seed; the same for all its candidates. */
function plainNorms({ job }: PreparedTrial, context: TrialContext): Promise<Float32Array> {
  return once(context.bySeed.plainNorms, job.seed, () => {
    const plain = prepareTrial({ ...job, candidate: context.plain.candidate }, context, undefined);
    const state = initialState(context, plain.loss, job.seed);
    const inputs = openingInputs(plain, context, Math.min(NORM_BATCHES, context.setup.steps));
    return context.sessions.use(plain.loss, (session) => session.gradientNorms(state, inputs));
  });
}

const average = (norms: Float32Array): number => norms.reduce((sum, norm) => sum + norm, 0) / norms.length;

function normFault(what: string, norm: number): string | undefined {
  if (!Number.isFinite(norm)) return `the gradient of the ${what} is not finite at the start`;
  return norm > 0 ? undefined : `the gradient of the ${what} is 0 at the start`;
}
