import { deserialize, serialize } from 'node:v8';
import type { Journal } from '../journal/journal.js';
import type { Checkpoint, TrialOutcome } from '../trial/trial.js';
import type { StudyContext } from './study-context.js';
import type { ThrownTrial } from './worker-job.js';

export type Blobs = NonNullable<Parameters<Journal['append']>[1]>;

/** What is kept of a trained piece beside its result: its checkpoint and predictions, where it has them. */
export function blobsOf(outcome: TrialOutcome | ThrownTrial, trial: number, fidelity: number): Blobs {
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

/** Undefined where it was dropped. */
export function readCheckpoint(
  context: Pick<StudyContext, 'journal'>,
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
