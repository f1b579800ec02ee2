import type { Candidate } from '../../src/candidate/candidate.js';
import type { Head } from '../../src/problem/head.js';
import { BINARY, MULTICLASS, REGRESSION } from './toy-data.js';

/** Losses made of others: every composite, every weighting of tasks, with θ that moves. */
export const COMPOSITES: readonly {
  readonly what: string;
  readonly heads: readonly Head[];
  readonly loss: Candidate['loss'];
}[] = [
  {
    what: 'weighted-sum',
    heads: [MULTICLASS],
    loss: {
      name: 'weighted-sum',
      terms: [
        { weight: 0.7, loss: { name: 'focal', parameters: { gamma: 1.5 } } },
        { weight: 0.3, loss: { name: 'dice', options: { over: 'batch' } } },
        { weight: 1.2, loss: { name: 'class-balanced-cross-entropy' } },
      ],
    },
  },
  ...(
    [
      { name: 'fixed', weights: { label: 0.4, value: 2 } },
      { name: 'uncertainty' },
      { name: 'dynamic-weight-average', temperature: 1.5 },
    ] as const
  ).map((weighting) => ({
    what: `multi-task, ${weighting.name}`,
    heads: [BINARY, MULTICLASS, REGRESSION],
    loss: {
      name: 'multi-task' as const,
      heads: {
        label: { name: 'asymmetric' },
        class: {
          name: 'weighted-sum' as const,
          terms: [
            { weight: 0.5, loss: { name: 'poly-1', parameters: { epsilon: 2 } } },
            { weight: 0.5, loss: { name: 'generalized-cross-entropy' } },
          ],
        },
        value: { name: 'barron' },
      },
      weighting,
    },
  })),
];
