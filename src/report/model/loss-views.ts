import type { Head } from '../../problem/head.js';

/** The horizontal axis of the picture of a loss, by kind of head. */
export const AXES = {
  binary: { axis: 'margin: logit of the true class − logit of the other', low: -6, high: 6 },
  multiclass: { axis: 'margin: logit of the true class − logit of each other class', low: -6, high: 6 },
  regression: { axis: 'residual: prediction − target', low: -4, high: 4 },
} as const satisfies Readonly<Record<Head['kind'], object>>;

/** Everything of a loss as one function of x: which class is true, and where x goes. */
export interface View {
  /** Tells the views of one head apart: `, positive`. */
  readonly suffix: string;
  readonly prediction: (x: number) => readonly number[];
  readonly target: readonly number[];
  /** d x / d prediction, so that gradients are with respect to x. */
  readonly along: readonly number[];
}

/** One view for each class of a binary head, else one. */
export function viewsOf(head: Head): readonly View[] {
  switch (head.kind) {
    case 'binary':
      return [
        { suffix: ', positive', prediction: (x) => [x], target: [1], along: [1] },
        { suffix: ', negative', prediction: (x) => [-x], target: [0], along: [-1] },
      ];
    case 'multiclass': {
      const first = (value: number): readonly number[] =>
        Array.from({ length: head.outputs }, (_, output) => (output === 0 ? value : 0));
      return [{ suffix: '', prediction: first, target: first(1), along: first(1) }];
    }
    case 'regression': {
      const all = (value: number): readonly number[] => Array.from({ length: head.outputs }, () => value);
      return [{ suffix: '', prediction: all, target: all(0), along: all(1) }];
    }
  }
}
