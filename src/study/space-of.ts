import { remembered } from '../core/remembered.js';
import { spaceFrom } from '../space/create-space.js';
import type { Space } from '../space/space.js';
import type { Experiment } from './experiment.js';

const spaceMade = remembered((definition: object): Space => spaceFrom(definition));

/** The space of an experiment that searches: made once, though planning, searching and judging all ask for it. */
export const spaceOf = (experiment: Experiment): Space => spaceMade(experiment.space as object);
