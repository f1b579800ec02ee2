import { emitterInto, createModelParts, valueInfo } from './onnx/graph-writer.js';
import { encodeModel, type NodeProto } from './onnx/protobuf.js';
import { loadRuntime } from './runtime.js';

/** As many channels as fill whole blocks of any processor's vector registers. */
const CHANNELS = 32;

let probed: Promise<number | undefined> | undefined;

/**
 * Channels in a block of the runtime's kernels for images in blocks: 8 or 16, as the vector registers of the
 * processor are wide. Undefined where it has none. The runtime does not tell, so it is asked to reorder an image of
 * two pixels, once in a process.
 */
export const channelBlock = (): Promise<number | undefined> => (probed ??= probe());

async function probe(): Promise<number | undefined> {
  const runtime = await loadRuntime();
  const parts = createModelParts();
  const node: NodeProto[] = [];
  const y = emitterInto(node, parts).op('com.microsoft.nchwc:ReorderInput', ['x']);
  const value = { shape: [1, CHANNELS, 1, 2], dtype: 'float32' } as const;
  const model = encodeModel({
    name: 'probe',
    node,
    initializer: parts.initializers,
    input: [valueInfo('x', value)],
    output: [valueInfo(y, value)],
  });
  // Channel c of pixel p holds 2c + p: pixel 1 of channel 0 stands behind the first block of pixel 0.
  const x = Float32Array.from({ length: 2 * CHANNELS }, (_, index) => index);
  try {
    const session = await runtime.InferenceSession.create(model, { logSeverityLevel: 4 });
    const outputs = await session.run({ x: new runtime.Tensor('float32', x, value.shape) });
    const block = (outputs[y]!.data as Float32Array).indexOf(1);
    await session.release();
    return block > 1 ? block : undefined;
  } catch {
    // Processors without such kernels refuse the model: images then stay plain.
    return undefined;
  }
}
