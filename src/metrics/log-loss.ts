import { guarded } from './guarded.js';
import { logSoftmax, softplus } from './logits.js';
import type { Metric, MetricInput } from './metric.js';
import { weightedMean } from './weighted-mean.js';

/**
 * Mean negative log-likelihood in nats, from logits: never clipped, so a certain error costs what it says.
 * Targets may lie between 0 and 1.
 */
export const logLoss: Metric = {
  name: 'log-loss',
  summary: 'mean negative log-likelihood in nats',
  targets: ['binary', 'multiclass'],
  direction: 'minimize',
  source: 'scikit-learn log_loss, without its clipping',
  prepare: guarded((input) => {
    const losses = input.kind === 'binary' ? binaryLosses(input) : multiclassLosses(input);
    return (weights) => weightedMean(losses, weights);
  }),
};

function binaryLosses({ prediction, target }: MetricInput): Float64Array {
  return Float64Array.from(prediction, (logit, index) => {
    const share = target[index]!;
    // Each side only where it has a share, so that 0 · Infinity cannot arise.
    return (share > 0 ? share * softplus(-logit) : 0) + (share < 1 ? (1 - share) * softplus(logit) : 0);
  });
}

function multiclassLosses({ prediction, target, size, outputs }: MetricInput): Float64Array {
  const logarithms = logSoftmax(prediction, size, outputs);
  const losses = new Float64Array(size);
  for (let entry = 0; entry < target.length; entry++) {
    if (target[entry]! > 0) losses[Math.floor(entry / outputs)]! -= target[entry]! * logarithms[entry]!;
  }
  return losses;
}
