import { permutation, stream, type Stream } from '../core/random.js';

export interface BatchRequest {
  /** Key path of the batch order: common to all candidates that are compared, different between replicates. */
  readonly seed: string;
  /** Sample indices, in the order in which a curriculum takes them in. At least one. */
  readonly samples: Int32Array;
  /** How many of them, from the front, are in use at a step (counted from 0); all of them when left out. */
  readonly countAt?: (step: number) => number;
  /** Step of the whole training with which these batches begin. */
  readonly firstStep: number;
  readonly steps: number;
  readonly batchSize: number;
}

/**
 * Batches without replacement, epoch after epoch, each epoch shuffled by its own stream: an epoch ends when all
 * the samples in use have been drawn once, which may be in the middle of a batch. Samples that come into use during
 * an epoch are shuffled into what is left of it; a count that falls holds until the next epoch.
 *
 * The batch of a step is a pure function of (seed, samples, counts up to the step, step): it does not depend on how
 * the training is cut into chunks. Without `countAt` it is the same for every candidate.
 *
 * @returns [steps × batchSize], row-major: entries of `samples`
 */
export function drawBatches(request: BatchRequest): Int32Array {
  const { seed, samples, firstStep, steps, batchSize } = request;
  const countAt = (step: number): number =>
    Math.min(samples.length, Math.max(1, request.countAt?.(step) ?? samples.length));
  const start = epochAt(request, countAt);
  const drawn = new Int32Array(steps * batchSize);
  let { epoch, step, slot } = start;
  let queue = openEpoch(seed, epoch, start.size);
  let next = 0;
  while (step < firstStep + steps) {
    if (slot === 0) queue = extendEpoch(queue, next, countAt(step));
    for (; slot < batchSize; slot++) {
      if (next === queue.order.length) {
        queue = openEpoch(seed, ++epoch, countAt(step));
        next = 0;
      }
      const sample = samples[queue.order[next++]!]!;
      if (step >= firstStep) drawn[(step - firstStep) * batchSize + slot] = sample;
    }
    slot = 0;
    step++;
  }
  return drawn;
}

/** Where an epoch begins: before the draw of this slot of this step. */
interface EpochStart {
  readonly epoch: number;
  readonly step: number;
  readonly slot: number;
  /** Samples in use at its first draw. */
  readonly size: number;
}

/** The epoch that is running when the first step of the request begins, by counting alone. */
function epochAt(
  { samples, countAt: given, firstStep, batchSize }: BatchRequest,
  countAt: (step: number) => number,
): EpochStart {
  if (given === undefined) {
    const epoch = Math.floor((firstStep * batchSize) / samples.length);
    const draw = epoch * samples.length;
    return { epoch, step: Math.floor(draw / batchSize), slot: draw % batchSize, size: samples.length };
  }
  let start: EpochStart = { epoch: 0, step: 0, slot: 0, size: countAt(0) };
  let size = start.size;
  let used = 0;
  for (let step = 0; step < firstStep; step++) {
    const count = countAt(step);
    size = Math.max(size, count);
    for (let slot = 0; slot < batchSize;) {
      if (used === size) {
        start = { epoch: start.epoch + 1, step, slot, size: count };
        size = count;
        used = 0;
      }
      const taken = Math.min(batchSize - slot, size - used);
      used += taken;
      slot += taken;
    }
  }
  return start;
}

/** A shuffled epoch: positions in `samples`, and the stream that shuffles later arrivals in. */
interface Epoch {
  readonly order: Int32Array;
  readonly random: Stream;
}

function openEpoch(seed: string, epoch: number, size: number): Epoch {
  const random = stream(seed, 'epoch', epoch);
  return { order: permutation(size, random), random };
}

/** The epoch with all positions below `count` in it, the new ones at random places among those not yet drawn. */
function extendEpoch(epoch: Epoch, drawn: number, count: number): Epoch {
  const known = epoch.order.length;
  if (count <= known) return epoch;
  const order = new Int32Array(count);
  order.set(epoch.order);
  for (let position = known; position < count; position++) {
    const place = drawn + epoch.random.integer(position - drawn + 1);
    order[position] = order[place]!;
    order[place] = position;
  }
  return { order, random: epoch.random };
}
