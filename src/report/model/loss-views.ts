import type { Head } from '../../problem/head.js';

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
