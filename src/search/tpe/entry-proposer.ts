import type { Stream } from '../../core/random.js';
import type { Assignment, Entry, EntryValue } from '../../space/space.js';
import { axisValues, modelAxes } from '../model-axes.js';
import { waveModel, type Draw, type WaveModel } from './wave-model.js';
import { ROUNDS, type Evidence, type WaveProposer } from './wave-proposer.js';

/** One entry after the other, each by the draws and the model of its own, as if the others did not matter. */
export function entryProposer(evidence: Evidence): WaveProposer {
  const { space } = evidence;
  const all = modelAxes(space);
  const proposed: Float64Array[] = [];
  const models = new Map(space.entries.map((entry) => [entry, entryModel(evidence, entry)]));
  const compose = (random: Stream): Assignment => {
    const assignment: Record<string, EntryValue> = {};
    for (const entry of space.entries) {
      if (!space.isActive(entry, assignment)) continue;
      assignment[entry.name] = models.get(entry)!(proposed, random);
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
      proposed.push(axisValues(all, point));
    },
  };
}

/** The best value of an entry, of the trials that have one alone. */
function entryModel(
  evidence: Evidence,
  entry: Entry,
): (proposed: readonly Float64Array[], random: Stream) => EntryValue {
  const all = modelAxes(evidence.space);
  const places = [...all.keys()].filter((axis) => all[axis]!.entry === entry);
  // One value, nothing to search.
  if (places.length === 0) return () => entry.decode(new Array<number>(entry.dimensions).fill(0.5));
  const axes = places.map((axis) => all[axis]!);
  const model: WaveModel = waveModel(evidence, places, true);
  const read = (coordinates: readonly number[]): Draw<EntryValue> => {
    const point = entry.decode(coordinates);
    return { point, values: axisValues(axes, { [entry.name]: point }) };
  };
  // None is passed over, so there is one.
  return (proposed, random) => model.best(proposed, random, read, () => false)!;
}
