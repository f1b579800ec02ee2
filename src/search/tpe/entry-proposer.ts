import type { Stream } from '../../core/random.js';
import type { Assignment, Entry, EntryValue } from '../../space/space.js';
import { axisValues, modelAxes } from '../model-axes.js';
import { waveModel, type Draw } from './wave-model.js';
import { ROUNDS, type Evidence, type WaveProposer } from './wave-proposer.js';

/** One entry after the other, each by the draws and the model of its own, as if the others did not matter. */
export function entryProposer(evidence: Evidence): WaveProposer {
  const { space } = evidence;
  const all = modelAxes(space);
  const models = new Map(space.entries.map((entry) => [entry, entryModel(evidence, entry)]));
  const compose = (random: Stream): Assignment => {
    const assignment: Record<string, EntryValue> = {};
    for (const entry of space.entries) {
      if (space.isActive(entry, assignment)) assignment[entry.name] = models.get(entry)!.best(random);
    }
    return assignment;
  };
  return {
    propose: (random, seen) => {
      for (let round = 0; round < ROUNDS; round++) {
        const point = compose(random);
        if (!seen.has(point)) return point;
      }
      return undefined;
    },
    add: (point) => {
      const values = axisValues(all, point);
      models.forEach((model) => model.add(values));
    },
  };
}

/** What a wave knows of one entry, from the trials that have a value of it alone. */
interface EntryModel {
  best(random: Stream): EntryValue;
  /** @param values on all axes of a point of the wave */
  add(values: Float64Array): void;
}

function entryModel(evidence: Evidence, entry: Entry): EntryModel {
  const all = modelAxes(evidence.space);
  const places = [...all.keys()].filter((axis) => all[axis]!.entry === entry);
  if (places.length === 0) {
    // One value, nothing to search.
    const only = entry.decode(new Array<number>(entry.dimensions).fill(0.5));
    return { best: () => only, add: () => undefined };
  }
  const axes = places.map((axis) => all[axis]!);
  const model = waveModel(evidence, places, true);
  const read = (coordinates: readonly number[]): Draw<EntryValue> => {
    const point = entry.decode(coordinates);
    return { point, values: axisValues(axes, { [entry.name]: point }) };
  };
  // None is passed over, so there is one.
  return { best: (random) => model.best(random, read, () => false)!, add: model.add };
}
