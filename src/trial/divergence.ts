import type { ChunkResult } from '../engine/engine.js';

/** A parameter beyond this magnitude has exploded: no useful weight on standardised data comes near it. */
const LARGEST_PARAMETER = 1e8;

export interface Divergence {
  /** Step of the whole training at which it was found, from 1. */
  readonly step: number;
  readonly reason: string;
}

/** A loop and not `find`: it looks at every parameter after every chunk. */
function firstBad(values: Float32Array): number | undefined {
  for (let index = 0; index < values.length; index++) {
    if (!(Math.abs(values[index]!) <= LARGEST_PARAMETER)) return values[index];
  }
  return undefined;
}

/**
 * Looks for a training that has gone wrong: a loss or a parameter that is not finite, or a parameter that has
 * exploded.
 * @param firstStep steps of the whole training before this chunk
 */
export function findDivergence(result: ChunkResult, firstStep: number): Divergence | undefined {
  const badStep = result.losses.findIndex((loss) => !Number.isFinite(loss));
  if (badStep >= 0) {
    const step = firstStep + badStep + 1;
    return { step, reason: `the training loss is ${result.losses[badStep]!} at step ${step}` };
  }
  const step = firstStep + result.losses.length;
  for (const [name, { values }] of Object.entries(result.state.parameters)) {
    const bad = firstBad(values);
    if (bad === undefined) continue;
    const fault = Number.isFinite(bad) ? `has exploded to ${bad}` : `is ${bad}`;
    return { step, reason: `the parameter ${name} ${fault} at step ${step}` };
  }
  return undefined;
}
