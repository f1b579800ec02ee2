import { createRegistry, type Registry } from '../core/registry.js';
import { bohb } from './bohb.js';
import { cmaEs } from './cma-es.js';
import { dehb } from './dehb.js';
import { differentialEvolution } from './differential-evolution.js';
import { exp3PlusPlus } from './exp3-plus-plus.js';
import { exp3 } from './exp3.js';
import { geneticProgramming } from './genetic-programming.js';
import { gaussianProcess } from './gaussian-process.js';
import { grid } from './grid.js';
import { lookAhead } from './look-ahead.js';
import { persistentEs } from './persistent-es.js';
import { populationBasedTraining } from './population-based-training.js';
import { klUcb } from './kl-ucb.js';
import { nsgaII } from './nsga-ii.js';
import { nes } from './nes.js';
import { random } from './random.js';
import { regularizedEvolution } from './regularized-evolution.js';
import type { AnySampler } from './sampler.js';
import { sobol } from './sobol.js';
import { thompson } from './thompson.js';
import { ucbV } from './ucb-v.js';
import { tpe } from './tpe.js';
import { ucb1 } from './ucb1.js';

/** The samplers that come with Lossmith. To add one: a file and a line. */
export const builtinSamplers: Registry<AnySampler> = createRegistry<AnySampler>('sampler', [
  random,
  grid,
  sobol,
  cmaEs,
  nes,
  differentialEvolution,
  dehb,
  regularizedEvolution,
  gaussianProcess,
  bohb,
  nsgaII,
  geneticProgramming,
  ucb1,
  klUcb,
  ucbV,
  thompson,
  populationBasedTraining,
  persistentEs,
  lookAhead,
  exp3,
  exp3PlusPlus,
  tpe,
]);
