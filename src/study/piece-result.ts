import type { Json } from '../core/json.js';
import type { OtherEngine } from '../engine/engine.js';
import { curveFromJson, curveToJson, scoresFromJson, scoresToJson } from './outcome-json.js';
import type { FailureReason, Trained } from './trial-record.js';

/** How one piece of training (a trial from one fidelity to the next) ended. */
export type PieceResult =
  | ({ readonly state: 'trained' } & Trained)
  | {
      readonly state: 'diverged';
      readonly reason: string;
      readonly steps: number;
      readonly engine?: OtherEngine;
    }
  | { readonly state: 'failed'; readonly reason: FailureReason; readonly detail: string };

export function pieceToJson(result: PieceResult): Json {
  if (result.state !== 'trained') return { ...result } as unknown as Json;
  const stored = { ...result, metrics: scoresToJson(result.metrics), curve: curveToJson(result.curve) };
  return stored as unknown as Json;
}

export function pieceFromJson(stored: Json): PieceResult {
  const result = stored as unknown as PieceResult;
  if (result.state !== 'trained') return result;
  return { ...result, metrics: scoresFromJson(result.metrics), curve: curveFromJson(result.curve) };
}
