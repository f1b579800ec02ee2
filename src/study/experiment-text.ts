import { stringify } from 'yaml';
import type { Json } from '../core/json.js';
import type { Experiment, MemberChoice } from './experiment.js';

const member = ({ name, options }: MemberChoice): Json => ({ name, ...options });

/** Suffix of the name of an evaluation: its study lies beside that of the search. */
export const EVALUATION = '-evaluation';

/** The name that the file of an experiment has. */
export const nameInFile = ({ name, mode }: Pick<Experiment, 'name' | 'mode'>): string =>
  mode === 'evaluate' ? name.slice(0, -EVALUATION.length) : name;

/**
 * An experiment as a file that can be run again, with every default filled in: what it resolves to is the experiment
 * itself. Modules of the user stand with their whole paths.
 * @param remarks lines for people at the top
 */
export function experimentText(experiment: Experiment, remarks: readonly string[]): string {
  const { use, optimizer, metrics, space, candidate, search } = experiment;
  const file: Json = {
    name: nameInFile(experiment),
    ...(experiment.description === undefined ? {} : { description: experiment.description }),
    ...(use.length === 0 ? {} : { use: [...use] }),
    seed: experiment.seed,
    engine: experiment.engine,
    task: member(experiment.task),
    model: member(experiment.model),
    optimizer: {
      ...{ name: optimizer.name, learningRate: optimizer.learningRate, tuneWithin: optimizer.tuneWithin },
      ...optimizer.options,
    },
    training: experiment.training,
    metrics: metrics.map(({ name: metric, head }) => ({ name: metric, head })),
    ...(space === undefined ? {} : { space }),
    ...(candidate === undefined ? {} : { candidate: candidate as unknown as Json }),
    search: {
      ...{ trials: search.trials, wave: search.wave },
      ...{ sampler: member(search.sampler), fidelity: member(search.fidelity) },
      ...(search.stop === undefined ? {} : { stop: search.stop.map(member) }),
      ...(search.enqueue === undefined ? {} : { enqueue: search.enqueue }),
      ...(search.objectives === undefined ? {} : { objectives: search.objectives.map(({ key }) => key) }),
      ...(search.startFrom === undefined ? {} : { startFrom: search.startFrom as unknown as Json }),
    },
    ...(experiment.constraints === undefined
      ? {}
      : { constraints: experiment.constraints.map((constraint) => ({ ...constraint })) }),
    controls: experiment.controls,
    selection: experiment.selection,
    test: experiment.test,
    statistics: experiment.statistics,
    limits: experiment.limits,
  };
  return `${remarks.map((line) => `# ${line}\n`).join('')}${stringify(file)}`;
}
