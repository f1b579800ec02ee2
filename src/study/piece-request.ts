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

/** What the piece trains, in evaluations. */
export const unitsOf = ({ fidelity, from }: PieceRequest): number => fidelity - (from?.fidelity ?? 0);
