import type { TrialJob, TrialOutcome } from '../trial/trial.js';
import { unitsOf, type PieceRequest } from './piece-request.js';
import type { PieceResult } from './piece-result.js';
import { StudyInterrupted, type StudyContext } from './study-context.js';
import { blobsOf, readCheckpoint, type Blobs } from './trial-blobs.js';
import type { ThrownTrial } from './worker-job.js';

/**
 * Trains pieces of one graph side by side in a worker, and journals their results, in the order of the pieces.
 * @throws StudyInterrupted where the executor was closed
 */
export async function trainCohort(
  context: StudyContext,
  cohort: readonly PieceRequest[],
): Promise<readonly PieceResult[]> {
  const jobs = cohort.map((piece) => jobOf(context, piece));
  const work = await context.executor.run({ kind: 'train', jobs }, jobs.length);
  if (work.state === 'cancelled') throw new StudyInterrupted();
  if (work.state === 'failed') {
    // A cohort is ended after one limit without progress, or when the limits of its members together are over.
    // Who it was shows when each trains alone; the others must not suffer for it.
    if (cohort.length > 1) {
      return (await Promise.all(cohort.map((piece) => trainCohort(context, [piece])))).flat();
    }
    const result: PieceResult = { state: 'failed', reason: work.reason, detail: work.message };
    return remember(context, cohort, [result], work.durationMs, () => []);
  }
  const { reply, durationMs } = work;
  if (reply.kind !== 'train') throw new Error('a worker answered another question');
  for (const text of reply.notes) context.tell({ kind: 'note', text });
  const { outcomes } = reply;
  const results = cohort.map(({ fidelity }, index) =>
    pieceOf(outcomes[index]!, fidelity, context.metric.key),
  );
  return remember(context, cohort, results, durationMs, ({ request, fidelity }, index) =>
    blobsOf(outcomes[index]!, request.trial, fidelity),
  );
}

function jobOf(context: StudyContext, piece: PieceRequest): TrialJob {
  const { request, fidelity, from, keepPredictions, keepCheckpoint } = piece;
  const checkpoint = from === undefined ? undefined : readCheckpoint(context, from);
  return {
    candidate: request.candidate,
    seed: request.seed,
    fidelity,
    // Where the checkpoint is gone the trial starts again: same numbers, more work.
    ...(checkpoint === undefined ? {} : { checkpoint }),
    part: request.part,
    keepPredictions,
    keepCheckpoint,
  };
}

/** Journals the results of a cohort, which ended together, and returns them. */
function remember(
  context: StudyContext,
  cohort: readonly PieceRequest[],
  results: readonly PieceResult[],
  durationMs: number,
  blobs: (piece: PieceRequest, index: number) => Blobs,
): readonly PieceResult[] {
  context.memory.rememberPieces(
    cohort.map((piece, index) => ({
      ...{ trial: piece.request.trial, fidelity: piece.fidelity, result: results[index]! },
      ...{ durationMs: durationMs / cohort.length, blobs: blobs(piece, index) },
    })),
  );
  for (const piece of cohort) context.tell({ kind: 'piece', units: unitsOf(piece) });
  return results;
}

function pieceOf(outcome: TrialOutcome | ThrownTrial, fidelity: number, metric: string): PieceResult {
  if (outcome.state === 'threw') return { state: 'failed', reason: 'threw', detail: outcome.message };
  const engine = outcome.engine === undefined ? {} : { engine: outcome.engine };
  if (outcome.state === 'diverged') {
    return { state: 'diverged', reason: outcome.reason, steps: outcome.steps, ...engine };
  }
  const score = outcome.metrics[metric];
  if (score === undefined || !Number.isFinite(score)) {
    return { state: 'failed', reason: 'no-score', detail: `${metric} is not defined for its predictions` };
  }
  const { steps, metrics, curve } = outcome;
  return { state: 'trained', fidelity, steps, metrics, curve, ...engine };
}
