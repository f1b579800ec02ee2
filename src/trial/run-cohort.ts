import { absorbChunk } from './absorb-chunk.js';
import { chunkInputs } from './chunk-inputs.js';
import { scores } from './evaluate.js';
import { prepareTrial, type PreparedTrial } from './prepare-trial.js';
import { referenceLosses } from './reference-losses.js';
import { needsReference } from './sample-plan.js';
import { startTrial } from './start-trial.js';
import type { TrialContext } from './trial-context.js';
import { chunkSteps } from './training-schedule.js';
import type { Checkpoint, TrialJob, TrialOutcome } from './trial.js';

/** A trial on its way. */
interface Run {
  readonly trial: PreparedTrial;
  readonly checkpoint: Checkpoint;
}

type Diverged = Extract<TrialOutcome, { state: 'diverged' }>;

/**
 * Trains jobs side by side, chunk by chunk; those whose losses have the same structure go through the engine
 * together. What one of them gives does not depend on the others. Outcomes are in the order of the jobs.
 * @throws UserError `candidate` when a candidate does not fit the task; what a loss throws is passed on
 */
export async function runCohort(
  jobs: readonly TrialJob[],
  context: TrialContext,
): Promise<readonly TrialOutcome[]> {
  const runs: (Run | Diverged)[] = [];
  for (const job of jobs) runs.push(await openRun(job, context));
  for (let groups = unfinishedGroups(runs); groups.length > 0; groups = unfinishedGroups(runs)) {
    for (const group of groups) {
      const advanced = await advance(
        group.map(({ run }) => run),
        context,
      );
      group.forEach(({ index }, position) => (runs[index] = advanced[position]!));
    }
  }
  const outcomes: TrialOutcome[] = [];
  for (const run of runs) outcomes.push('state' in run ? run : await closeRun(run, context));
  return outcomes;
}

/** Runs that have chunks to go, with their places in the cohort, by the structure of their loss. */
function unfinishedGroups(
  runs: readonly (Run | Diverged)[],
): readonly (readonly { readonly run: Run; readonly index: number }[])[] {
  const groups = new Map<string, { readonly run: Run; readonly index: number }[]>();
  runs.forEach((run, index) => {
    if ('state' in run || run.checkpoint.fidelity >= run.trial.job.fidelity) return;
    const { structure } = run.trial.loss;
    groups.set(structure, [...(groups.get(structure) ?? []), { run, index }]);
  });
  return [...groups.values()];
}

async function openRun(job: TrialJob, context: TrialContext): Promise<Run | Diverged> {
  const { curriculum } = job.candidate;
  let reference: Float32Array | undefined;
  if (curriculum?.kind === 'paced' && needsReference(curriculum)) {
    reference = await referenceLosses(
      context,
      job.seed,
      async (one) => (await runCohort([one], context))[0]!,
    );
    if (reference === undefined) return diverged(0, 'the reference training of the curriculum diverged', []);
  }
  const trial = prepareTrial(job, context, reference);
  const checkpoint = job.checkpoint ?? (await startTrial(trial, context));
  return typeof checkpoint === 'string' ? diverged(0, checkpoint, []) : { trial, checkpoint };
}

/** One chunk for runs that share a graph. */
function advance(runs: readonly Run[], context: TrialContext): Promise<(Run | Diverged)[]> {
  return context.sessions.use(runs[0]!.trial.loss, async (session) => {
    const members = runs.map(({ trial, checkpoint }) => ({
      state: checkpoint.state,
      inputs: chunkInputs(trial, checkpoint, context),
    }));
    const results = await session.train(members);
    const advanced: (Run | Diverged)[] = [];
    for (const [index, { trial, checkpoint }] of runs.entries()) {
      const next = await absorbChunk(checkpoint, members[index]!.inputs, results[index]!, session, context);
      advanced.push(
        'reason' in next ? diverged(next.step, next.reason, checkpoint.curve) : { trial, checkpoint: next },
      );
    }
    return advanced;
  });
}

/** Scores a run that has reached its fidelity on the part that its job asks for. */
async function closeRun({ trial, checkpoint }: Run, context: TrialContext): Promise<TrialOutcome> {
  const { job } = trial;
  const indices = context.data.parts[job.part];
  const predictions = await context.sessions.use(trial.loss, (session) =>
    session.predict(checkpoint.state.parameters, indices),
  );
  return {
    state: 'trained',
    steps: checkpoint.fidelity * chunkSteps(context.setup),
    curve: checkpoint.curve,
    metrics: scores(context, predictions, indices, 'all'),
    ...(job.keepCheckpoint ? { checkpoint } : {}),
    ...(job.keepPredictions ? { predictions } : {}),
  };
}

const diverged = (steps: number, reason: string, curve: Checkpoint['curve']): Diverged => ({
  state: 'diverged',
  steps,
  reason,
  curve,
});
