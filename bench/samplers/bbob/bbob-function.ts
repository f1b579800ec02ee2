import type { Vector } from './linear.js';

/** A function with its optimum, for one instance and dimension. */
export interface BbobInstance {
  /** Where the minimum is. */
  readonly optimum: Vector;
  /** Height above the minimum, ≥ 0. Pure. */
  readonly excess: (x: Vector) => number;
}

/**
 * One of the 24 noiseless functions of the Black-Box Optimization Benchmarking suite (Hansen, Finck, Ros & Auger,
 * INRIA RR-6829, 2009) on [−5, 5]^d, d ≥ 2. The penalties that the definition has outside of that box are left out.
 */
export interface BbobFunction {
  /** 1 … 24. */
  readonly id: number;
  readonly name: string;
  /** The function whose random numbers this one shares; its own where absent. */
  readonly seedOf?: number;
  /** @param seed number of the function whose random numbers it takes, plus 10⁴ times the instance */
  create(seed: number, d: number): BbobInstance;
}
