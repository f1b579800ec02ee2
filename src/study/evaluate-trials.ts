import { deserialize, serialize } from 'node:v8';
import { buildLoss } from '../losses/build-loss.js';
import type { Checkpoint, TrialJob, TrialOutcome } from '../trial/trial.js';
import { formCohorts } from './form-cohorts.js';
import type { PieceResult } from './piece-result.js';
import { StudyInterrupted, type StudyContext } from './study-context.js';
import type { TrialRequest } from './trial-record.js';
import type { ThrownTrial } from './worker-job.js';

/** A trial that is to reach a fidelity. */
export interface PieceRequest {
  readonly request: TrialRequest;
  readonly fidelity: number;
  /** The trial and fidelity whose checkpoint it goes on from. */
  readonly from?: { readonly trial: number; readonly fidelity: number };
  readonly keepCheckpoint: boolean;
  readonly keepPredictions: boolean;
}

/**
 * Trains pieces, or takes their results from the memory. Those of one graph train side by side, which changes
 * nobody's numbers. Results come as they are done, in the order of the pieces.
 */
export function evaluatePieces(
  context: StudyContext,
  pieces: readonly PieceRequest[],
): readonly Promise<PieceResult>[] {
  const { memory, tell, registries, experiment, executor, data } = context;
  const results = new Map<PieceRequest, Promise<PieceResult>>();
  for (const piece of pieces) {
    const known = memory.piece(piece.request.trial, piece.fidelity);
    if (known === undefined) continue;
    tell({ kind: 'piece', units: unitsOf(piece) });
    results.set(piece, Promise.resolve(known));
  }
  const cohorts = formCohorts({
    items: pieces.filter((piece) => !results.has(piece)),
    graphOf: ({ request, fidelity, from }) => {
      const { structure } = buildLoss(request.candidate.loss, data.heads, registries.losses);
      return `${structure} ${from?.fidelity ?? 0} ${fidelity} ${request.part}`;
    },
    largest: registries.engines.get(experiment.engine).cohort,
    workers: executor.workers,
  });
  for (const cohort of cohorts) {
    const trained = trainCohort(context, cohort);
    cohort.forEach((piece, index) => {
      results.set(
        piece,
        trained.then((all) => all[index]!),
      );
    });
  }
  return pieces.map((piece) => results.get(piece)!);
}

const unitsOf = ({ fidelity, from }: PieceRequest): number => fidelity - (from?.fidelity ?? 0);

async function trainCohort(
  context: StudyContext,
  cohort: readonly PieceRequest[],
): Promise<readonly PieceResult[]> {
  const jobs = cohort.map((piece) => jobOf(context, piece));
  const work = await context.executor.run({ kind: 'train', jobs }, jobs.length);
  if (work.state === 'cancelled') throw new StudyInterrupted();
  if (work.state === 'failed') {
    // Who it was shows when each trains alone; the others must not suffer for it.
    if (cohort.length > 1) {
      return (await Promise.all(cohort.map((piece) => trainCohort(context, [piece])))).flat();
    }
    const result: PieceResult = { state: 'failed', reason: work.reason, detail: work.message };
    return [remember(context, cohort[0]!, result, work.durationMs, [])];
  }
  const { reply, durationMs } = work;
  if (reply.kind !== 'train') throw new Error('a worker answered another question');
  for (const text of reply.notes) context.tell({ kind: 'note', text });
  return cohort.map((piece, index) => {
    const outcome = reply.outcomes[index]!;
    const result = pieceOf(outcome, piece.fidelity, context.metric.key);
    const blobs = blobsOf(outcome, piece.request.trial, piece.fidelity);
    return remember(context, piece, result, durationMs / cohort.length, blobs);
  });
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

type Blobs = NonNullable<Parameters<StudyContext['memory']['rememberPiece']>[4]>;

function remember(
  context: StudyContext,
  piece: PieceRequest,
  result: PieceResult,
  durationMs: number,
  blobs: Blobs,
): PieceResult {
  context.memory.rememberPiece(piece.request.trial, piece.fidelity, result, durationMs, blobs);
  context.tell({ kind: 'piece', units: unitsOf(piece) });
  return result;
}

function pieceOf(outcome: TrialOutcome | ThrownTrial, fidelity: number, metric: string): PieceResult {
  if (outcome.state === 'threw') return { state: 'failed', reason: 'threw', detail: outcome.message };
  if (outcome.state === 'diverged') {
    return { state: 'diverged', reason: outcome.reason, steps: outcome.steps };
  }
  const score = outcome.metrics[metric];
  if (score === undefined || !Number.isFinite(score)) {
    return { state: 'failed', reason: 'no-score', detail: `${metric} is not defined for its predictions` };
  }
  return { state: 'trained', fidelity, steps: outcome.steps, metrics: outcome.metrics, curve: outcome.curve };
}

function blobsOf(outcome: TrialOutcome | ThrownTrial, trial: number, fidelity: number): Blobs {
  if (outcome.state !== 'trained') return [];
  return [
    ...(outcome.checkpoint === undefined
      ? []
      : [{ key: { kind: 'checkpoint', trial, fidelity } as const, bytes: serialize(outcome.checkpoint) }]),
    ...(outcome.predictions === undefined
      ? []
      : [{ key: { kind: 'predictions', trial, fidelity } as const, bytes: serialize(outcome.predictions) }]),
  ];
}

function readCheckpoint(
  context: StudyContext,
  from: { trial: number; fidelity: number },
): Checkpoint | undefined {
  const bytes = context.journal.blob({ kind: 'checkpoint', ...from });
  return bytes === undefined ? undefined : (deserialize(bytes) as Checkpoint);
}

/** Predictions of a trial on the part it was evaluated on, by head. */
export function readPredictions(
  context: Pick<StudyContext, 'journal'>,
  trial: number,
  fidelity: number,
): Readonly<Record<string, Float32Array>> | undefined {
  const bytes = context.journal.blob({ kind: 'predictions', trial, fidelity });
  return bytes === undefined ? undefined : (deserialize(bytes) as Record<string, Float32Array>);
}
