import type { PieceResult } from './piece-result.js';
import type { StudyContext } from './study-context.js';

/** What a trial was trained to before, in an earlier round or rung. @throws Error where it was not */
export function rememberedPiece({ memory }: StudyContext, trial: number, fidelity: number): PieceResult {
  const result = memory.piece(trial, fidelity);
  if (result === undefined) throw new Error(`trial ${trial} has no result at fidelity ${fidelity}`);
  return result;
}
