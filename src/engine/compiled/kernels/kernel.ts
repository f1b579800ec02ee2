import type { TracedType } from '../../../tensor/index.js';
import type { Attributes, Node, Value } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';

/** Shape and type of one output. */
export interface OutputType {
  readonly shape: readonly number[];
  readonly dtype: TracedType;
}

/** Adds a node to the graph being built, and returns its outputs. */
export type AddNode = (kernel: string, inputs: readonly Value[], attributes?: Attributes) => readonly Value[];

/** The images of a graph as the convolutions of the runtime like them best: channels in blocks of a vector register. */
export interface ChannelBlocks {
  /** Channels in a block. */
  readonly size: number;
  /** Whether an image, [N, H, W, C], is at hand in blocks. */
  has(value: Value): boolean;
  /** An image in blocks, [N, C/size, H, W, size]; converted where it is not at hand. */
  of(value: Value): Value;
}

/** What a call on images in blocks gives: an image in blocks, or a value as the call on plain images gives it. */
export type BlockedResult = { readonly blocked: Value } | { readonly plain: Value };

/**
 * All that the engine knows of one TensorFlow.js kernel: its rules side by side. A kernel without a rule cannot be
 * compiled.
 */
export interface Kernel {
  readonly name: string;
  /** Of this engine alone: passes write it, no program calls it. */
  readonly internal?: true;
  /** Computes place by place; operands broadcast. */
  readonly elementwise?: true;
  /** Names of its inputs in the order of a node; `list`: any number, named 0, 1, 2, … */
  readonly inputs: readonly string[] | 'list';
  /** Attributes as TensorFlow.js passes them → plain ones, with defaults filled in and axes counted from 0. */
  readonly attributes: (given: Attributes, inputs: readonly OutputType[]) => Attributes;
  /** Shapes and types of the outputs. Extents are compared, never computed with, on the population axis. */
  readonly shape: (inputs: readonly OutputType[], attributes: Attributes) => readonly OutputType[];
  /**
   * The same call on values of which at least one has the population axis in front: what jax calls a batching rule.
   * Absent: the kernel is not vectorised, and members that use it train one by one.
   */
  readonly batch?: (inputs: readonly Value[], attributes: Attributes, add: AddNode) => readonly Value[];
  /**
   * The same call on images in blocks. Absent, or undefined as its result: the call wants plain images, and gets them
   * by a conversion.
   */
  readonly block?: (
    inputs: readonly Value[],
    attributes: Attributes,
    blocks: ChannelBlocks,
    add: AddNode,
  ) => BlockedResult | undefined;
  /**
   * The same call in simpler kernels, where parts of them may be what another call computes too. A kernel with this
   * rule is never lowered.
   */
  readonly expand?: (inputs: readonly Value[], attributes: Attributes, add: AddNode) => Value;
  /** The ONNX operators that do the same. Names of the inputs in, names of the outputs back. */
  readonly lower: (inputs: readonly string[], node: Node, emit: Emitter) => readonly string[];
  /** Floating-point operations of one call for one member, for estimates; left out: one for each output value. */
  readonly flops?: (node: Node) => number;
}
