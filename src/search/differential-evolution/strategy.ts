/** A point of the unit cube. */
export type Point = readonly number[];

/** What a mutant is made of. */
export interface Ingredients {
  /** The member that the child competes with. */
  readonly target: Point;
  /** The member with the best standing; it may be the target, or one of the three. */
  readonly best: Point;
  /** Three distinct members, none of them the target. */
  readonly three: readonly [Point, Point, Point];
}

/** A coordinate of the mutant, which may lie outside [0, 1]. */
type Mutant = (ingredients: Ingredients, factor: number, index: number) => number;

/** x_a + F (x_b − x_c): explores most. */
const rand1: Mutant = ({ three: [a, b, c] }, factor, index) => a[index]! + factor * (b[index]! - c[index]!);

/** x_best + F (x_b − x_c): stays near the best member. */
const best1: Mutant = ({ best, three: [, b, c] }, factor, index) =>
  best[index]! + factor * (b[index]! - c[index]!);

/** x + F (x_best − x) + F (x_b − x_c): moves every member towards the best one. */
const currentToBest1: Mutant = ({ target, best, three: [, b, c] }, factor, index) =>
  target[index]! + factor * (best[index]! - target[index]!) + factor * (b[index]! - c[index]!);

/** Strategies of differential evolution by name; `bin` stands for binomial crossover. */
export const strategies = {
  rand1bin: rand1,
  best1bin: best1,
  'current-to-best1bin': currentToBest1,
} as const satisfies Readonly<Record<string, Mutant>>;

export type StrategyName = keyof typeof strategies;

export const strategyNames = Object.keys(strategies) as [StrategyName, ...StrategyName[]];
