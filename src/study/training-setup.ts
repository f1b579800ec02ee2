import type { Registries } from '../plugins/registries.js';
import type { OptimizerSpec } from '../train/optimizer.js';
import type { AnyOptimizerRule } from '../train/optimizer-rule.js';
import { builtinOptimizers } from '../train/registry.js';
import type { TrainingSetup } from '../trial/trial.js';
import type { Experiment } from './experiment.js';

/** How the trials of an experiment train, with the options of its model and optimizer read. */
export function trainingSetup(experiment: Experiment, registries: Registries): TrainingSetup {
  const { model, optimizer, training } = experiment;
  const rule: AnyOptimizerRule = builtinOptimizers.get(optimizer.name);
  const spec = rule.schema.parse({ name: optimizer.name, ...optimizer.options }) as OptimizerSpec;
  return {
    model: { name: model.name, options: registries.models.get(model.name).schema.parse(model.options) },
    optimizer: spec,
    learningRate: optimizer.learningRate,
    batchSize: training.batchSize,
    steps: training.steps,
    evaluations: training.evaluations,
    reduction: training.reduction,
    normaliseGradient: training.normaliseGradient,
    metrics: experiment.metrics,
    plainLoss: experiment.plainLoss,
  };
}
