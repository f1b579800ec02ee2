/** Discounted means of a gradient and of its square; Kingma & Ba, ICLR 2015, algorithm 1. */
export interface AdamState {
  readonly step: number;
  readonly mean: readonly number[];
  readonly square: readonly number[];
}

const BETA_MEAN = 0.9;
const BETA_SQUARE = 0.999;
const EPSILON = 1e-8;

export const adamStart = (size: number): AdamState => ({
  step: 0,
  mean: new Array<number>(size).fill(0),
  square: new Array<number>(size).fill(0),
});

/** The next state, and what is added to the point in order to go downhill. */
export function adamStep(
  { step, mean, square }: AdamState,
  gradient: readonly number[],
  learningRate: number,
): { readonly state: AdamState; readonly move: readonly number[] } {
  const state = {
    step: step + 1,
    mean: mean.map((value, index) => BETA_MEAN * value + (1 - BETA_MEAN) * gradient[index]!),
    square: square.map((value, index) => BETA_SQUARE * value + (1 - BETA_SQUARE) * gradient[index]! ** 2),
  };
  const ofMean = 1 - BETA_MEAN ** state.step;
  const ofSquare = 1 - BETA_SQUARE ** state.step;
  const move = state.mean.map(
    (value, index) =>
      (-learningRate * (value / ofMean)) / (Math.sqrt(state.square[index]! / ofSquare) + EPSILON),
  );
  return { state, move };
}
