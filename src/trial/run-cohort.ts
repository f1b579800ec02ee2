import { absorbChunk } from './absorb-chunk.js';
import { chunkInputs } from './chunk-inputs.js';
import type { EngineSession, OtherEngine } from '../engine/engine.js';
import { findDivergence } from './divergence.js';
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

/** How a trial ended; rejected: with what it threw. */
export type SettledTrial = PromiseSettledResult<TrialOutcome>;

/**
 * Trains jobs side by side, chunk by chunk; those whose losses have the same structure go through the engine
 * together. What one of them gives does not depend on the others: one that throws (a loss of the user's; `UserError`
 * `candidate` where the candidate does not fit the task) is rejected alone. In the order of the jobs.
 * @param progress called after each part of the work: at most a chunk of the cohort, or the start or end of a trial
 */
export async function runCohort(
  jobs: readonly TrialJob[],
  context: TrialContext,
  progress: () => void = () => undefined,
): Promise<readonly SettledTrial[]> {
  const runs: (Run | SettledTrial)[] = [];
  for (const job of jobs) {
    runs.push(await settled(() => openRun(job, context)));
    progress();
  }
  for (let groups = unfinishedGroups(runs); groups.length > 0; groups = unfinishedGroups(runs)) {
    for (const group of groups) {
      const advanced = await advanceEach(
        group.map(({ run }) => run),
        context,
        progress,
      );
      group.forEach(({ index }, position) => (runs[index] = advanced[position]!));
    }
  }
  const outcomes: SettledTrial[] = [];
  for (const run of runs) {
    outcomes.push('status' in run ? run : await settled(() => closeRun(run, context)));
    progress();
  }
  return outcomes;
}

/** The outcome of a trial. @throws what the trial threw */
export function outcomeOf(trial: SettledTrial): TrialOutcome {
  if (trial.status === 'rejected') throw trial.reason;
  return trial.value;
}

/** What `body` gives; what it throws ends this one trial. */
async function settled<Result>(body: () => Promise<Result>): Promise<Result | PromiseRejectedResult> {
  try {
    return await body();
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}

/** Runs that have chunks to go, with their places in the cohort, by the structure of their loss. */
function unfinishedGroups(
  runs: readonly (Run | SettledTrial)[],
): readonly (readonly { readonly run: Run; readonly index: number }[])[] {
  const groups = new Map<string, { readonly run: Run; readonly index: number }[]>();
  runs.forEach((run, index) => {
    if ('status' in run || run.checkpoint.fidelity >= run.trial.job.fidelity) return;
    const { structure } = run.trial.loss;
    groups.set(structure, [...(groups.get(structure) ?? []), { run, index }]);
  });
  return [...groups.values()];
}

async function openRun(job: TrialJob, context: TrialContext): Promise<Run | SettledTrial> {
  const { curriculum } = job.candidate;
  let reference: Float32Array | undefined;
  if (curriculum?.kind === 'paced' && needsReference(curriculum)) {
    reference = await referenceLosses(context, job.seed, async (one) =>
      outcomeOf((await runCohort([one], context))[0]!),
    );
    if (reference === undefined) return diverged(0, 'the reference training of the curriculum diverged', []);
  }
  const trial = prepareTrial(job, context, reference);
  const checkpoint = job.checkpoint ?? (await startTrial(trial, context));
  if (typeof checkpoint !== 'string') return { trial, checkpoint };
  return context.sessions.use(trial.loss, (session) => Promise.resolve(diverged(0, checkpoint, [], session)));
}

/** One chunk for runs that share a graph; those that throw are rejected. */
async function advanceEach(
  runs: readonly Run[],
  context: TrialContext,
  progress: () => void,
): Promise<readonly (Run | SettledTrial)[]> {
  try {
    const advanced = await advance(runs, context);
    progress();
    return advanced;
  } catch (reason) {
    if (runs.length === 1) return [{ status: 'rejected', reason }];
    // Who it was shows when each does the chunk alone, which changes nobody's numbers.
    const alone: (Run | SettledTrial)[] = [];
    for (const run of runs) alone.push(...(await advanceEach([run], context, progress)));
    return alone;
  }
}

/** One chunk for runs that share a graph. @throws whatever one of them throws */
function advance(runs: readonly Run[], context: TrialContext): Promise<readonly (Run | SettledTrial)[]> {
  return context.sessions.use(runs[0]!.trial.loss, async (session) => {
    const members = runs.map(({ trial, checkpoint }) => ({
      state: checkpoint.state,
      inputs: chunkInputs(trial, checkpoint, context),
    }));
    const results = await session.train(members);
    const divergences = results.map((result, index) =>
      findDivergence(result, runs[index]!.checkpoint.fidelity * chunkSteps(context.setup)),
    );
    const sound = results.flatMap((_, index) => (divergences[index] === undefined ? [index] : []));
    const predictions = await session.predict(
      sound.map((index) => results[index]!.state.parameters),
      context.data.parts.validation,
    );
    const advanced: (Run | SettledTrial)[] = runs.map(({ trial, checkpoint }, index) => {
      const position = sound.indexOf(index);
      const next =
        divergences[index] ??
        absorbChunk(checkpoint, members[index]!.inputs, results[index]!, predictions[position]!, context);
      return 'reason' in next
        ? diverged(next.step, next.reason, checkpoint.curve, session)
        : { trial, checkpoint: next };
    });
    return advanced;
  });
}

/** Scores a run that has reached its fidelity on the part that its job asks for. */
async function closeRun({ trial, checkpoint }: Run, context: TrialContext): Promise<SettledTrial> {
  const { job } = trial;
  const indices = context.data.parts[job.part];
  const { predictions, engine } = await context.sessions.use(trial.loss, async (session) => ({
    predictions: (await session.predict([checkpoint.state.parameters], indices))[0]!,
    engine: otherEngineOf(session),
  }));
  return fulfilled({
    state: 'trained',
    steps: checkpoint.fidelity * chunkSteps(context.setup),
    curve: checkpoint.curve,
    metrics: scores(context, predictions, indices, 'all'),
    ...engine,
    ...(job.keepCheckpoint ? { checkpoint } : {}),
    ...(job.keepPredictions ? { predictions } : {}),
  });
}

const fulfilled = (value: TrialOutcome): SettledTrial => ({ status: 'fulfilled', value });

const diverged = (
  steps: number,
  reason: string,
  curve: Checkpoint['curve'],
  session?: EngineSession,
): SettledTrial =>
  fulfilled({
    ...{ state: 'diverged', steps, reason, curve },
    ...(session === undefined ? {} : otherEngineOf(session)),
  });

/** What a trial says of its engine: nothing where it is the one that was asked for. */
function otherEngineOf({ otherEngine, note }: EngineSession): { readonly engine?: OtherEngine } {
  return otherEngine === undefined ? {} : { engine: { name: otherEngine, reason: note ?? '' } };
}
