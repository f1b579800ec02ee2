import { checkWith, type YamlDocument } from '../core/yaml-file.js';
import { builtinOptimizers } from '../train/registry.js';
import type { Experiment } from './experiment.js';
import type { ExperimentFile } from './experiment-file.js';
import { located } from './located.js';
import { memberChoice } from './member-choice.js';

/**
 * The optimizer and its learning rate, which is the experiment's and no setting of the optimizer.
 * @throws UserError at the place in the file
 */
export function resolveOptimizer(
  { learningRate, tuneWithin, ...settings }: ExperimentFile['optimizer'],
  document: YamlDocument,
): Experiment['optimizer'] {
  const rule = located(document.locate(['optimizer']), () => builtinOptimizers.get(settings.name));
  // The name is part of an optimizer's settings, which are a union told apart by it.
  const filled = checkWith<unknown>(rule.schema, settings, (inner, target) =>
    document.locate(['optimizer', ...inner], target),
  ) as { readonly name: string };
  return { ...memberChoice(filled), learningRate, tuneWithin };
}
