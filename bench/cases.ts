import type { BenchCase } from './problems.js';

/** 20-64-64-1, batch 128, focal. */
export const MLP: BenchCase = {
  inputShape: [20],
  classes: 1,
  model: { name: 'mlp', hidden: [64, 64] },
  batchSize: 128,
  samples: 8192,
};
/** 28x28x1, channels 16 and 32, batch 64, cross-entropy. */
export const CNN: BenchCase = {
  inputShape: [28, 28, 1],
  classes: 10,
  model: { name: 'cnn', channels: [16, 32], hidden: [] },
  batchSize: 64,
  samples: 2048,
};
