import { deserialize, serialize } from 'node:v8';
import type { Checkpoint, TrialOutcome } from '../trial/trial.js';
import type { PieceResult } from './piece-result.js';
import { StudyInterrupted, type StudyContext } from './study-context.js';
import type { TrialRequest } from './trial-record.js';

/** A trial that is to reach a fidelity. */
export interface PieceRequest {
  readonly request: TrialRequest;
  readonly fidelity: number;
  /** The trial and fidelity whose checkpoint it goes on from. */
  readonly from?: { readonly trial: number; readonly fidelity: number };
  readonly keepCheckpoint: boolean;
  readonly keepPredictions: boolean;
}

/** Trains a piece, or takes its result from the memory. */
export async function evaluatePiece(context: StudyContext, piece: PieceRequest): Promise<PieceResult> {
  const { memory, tell } = context;
  const { request, fidelity } = piece;
  const known = memory.piece(request.trial, fidelity);
  const units = fidelity - (piece.from?.fidelity ?? 0);
  if (known !== undefined) {
    tell({ kind: 'piece', units });
    return known;
  }
  const checkpoint = piece.from === undefined ? undefined : readCheckpoint(context, piece.from);
  const work = await context.executor.run({
    kind: 'train',
    job: {
      candidate: request.candidate,
      seed: request.seed,
      fidelity,
      // Where the checkpoint is gone the trial starts again: same numbers, more work.
      ...(checkpoint === undefined ? {} : { checkpoint }),
      part: request.part,
      keepPredictions: piece.keepPredictions,
      keepCheckpoint: piece.keepCheckpoint,
    },
  });
  if (work.state === 'cancelled') throw new StudyInterrupted();
  if (work.state === 'failed') {
    const result: PieceResult = { state: 'failed', reason: work.reason, detail: work.message };
    memory.rememberPiece(request.trial, fidelity, result, work.durationMs, []);
    tell({ kind: 'piece', units });
    return result;
  }
  if (work.reply.kind !== 'train') throw new Error('a worker answered another question');
  const { outcome } = work.reply;
  const result = pieceOf(outcome, fidelity, context.metric.key);
  memory.rememberPiece(
    request.trial,
    fidelity,
    result,
    work.durationMs,
    blobsOf(outcome, request.trial, fidelity),
  );
  tell({ kind: 'piece', units });
  return result;
}

function pieceOf(outcome: TrialOutcome, fidelity: number, metric: string): PieceResult {
  if (outcome.state === 'diverged') {
    return { state: 'diverged', reason: outcome.reason, steps: outcome.steps };
  }
  const score = outcome.metrics[metric];
  if (score === undefined || !Number.isFinite(score)) {
    return { state: 'failed', reason: 'no-score', detail: `${metric} is not defined for its predictions` };
  }
  return { state: 'trained', fidelity, steps: outcome.steps, metrics: outcome.metrics, curve: outcome.curve };
}

function blobsOf(
  outcome: TrialOutcome,
  trial: number,
  fidelity: number,
): NonNullable<Parameters<StudyContext['memory']['rememberPiece']>[4]> {
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
