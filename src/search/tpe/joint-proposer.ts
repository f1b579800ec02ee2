import type { Assignment } from '../../space/space.js';
import { axisValues, modelAxes } from '../model-axes.js';
import { waveModel, type Draw } from './wave-model.js';
import { ROUNDS, type Evidence, type WaveProposer } from './wave-proposer.js';

/** Proposes the point with the largest log l − log g among draws from l, all entries of a draw from one kernel. */
export function jointProposer(evidence: Evidence): WaveProposer {
  const { space } = evidence;
  const all = modelAxes(space);
  const model = waveModel(evidence, [...all.keys()], false);
  const read = (coordinates: readonly number[]): Draw<Assignment> => {
    const unit = new Array<number>(space.dimensions).fill(0.5);
    coordinates.forEach((coordinate, axis) => {
      unit[all[axis]!.coordinate] = coordinate;
    });
    const point = space.decode(unit);
    return { point, values: axisValues(all, point) };
  };
  return {
    propose: (random, seen) => {
      for (let round = 0; round < ROUNDS; round++) {
        const found = model.best(random, read, seen.has);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    add: (point) => {
      model.add(axisValues(all, point));
    },
  };
}
