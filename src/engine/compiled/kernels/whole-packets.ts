import { POPULATION } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import { memberSize } from './shapes.js';

/** Floats in the widest vector register of current processors. */
const PACKET = 16;

/**
 * An elementwise operator whose numbers depend on where in an array a value stands: the runtime computes what does
 * not fill a vector register with another approximation (Log, Sin and Cos of version 1.30; tested). With each member
 * filled up to whole registers, its numbers do not depend on how many others there are; nor, as what all members have
 * in common is filled up too, on whether they share their samples.
 * @param shape of x
 */
export function wholePackets(operator: string, x: string, shape: readonly number[], emit: Emitter): string {
  const size = memberSize(shape);
  if (size % PACKET === 0) return emit.op(operator, [x]);
  const flat = emit.op('Reshape', [x, emit.ints([shape[0] === POPULATION ? POPULATION : 1, size])]);
  const missing = PACKET - (size % PACKET);
  const filled = emit.op('Pad', [flat, emit.ints([0, 0, 0, missing]), emit.float(1)]);
  const computed = emit.op(operator, [filled]);
  const cut = emit.op('Slice', [computed, emit.ints([0]), emit.ints([size]), emit.ints([1])]);
  return emit.op('Reshape', [cut, emit.ints(shape)]);
}
