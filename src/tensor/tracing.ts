import { fileURLToPath } from 'node:url';
import type { BackendValues, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from './tfjs.js';
import { UserError } from '../core/errors.js';
import type { Tensor } from './tensor-types.js';

export type TracedType = 'float32' | 'int32' | 'bool';

/** What the owner of a trace knows a tensor by: a plain object of its own, with shape and type. */
export interface Traced {
  readonly shape: readonly number[];
  readonly dtype: TracedType;
}

/** Values of a tensor that exists already while the trace runs: numbers in the code, tensors made before. */
export type TracedConstant = Float32Array | Int32Array | Uint8Array;

/**
 * Takes note of what a function does with tensors. Nothing is computed: every kernel call becomes one call of
 * `kernel`, which answers with the shapes of the results.
 */
export interface Tracer<Value extends Traced> {
  /** Names of the kernels that it knows; a call of any other one throws. */
  readonly kernels: readonly string[];
  kernel(
    name: string,
    inputs: Readonly<Record<string, Value>>,
    attributes: Readonly<Record<string, unknown>>,
    /** The line of the user's function, or of a loss of ours, that calls it. */
    place: () => string,
  ): Value | readonly Value[];
  constant(values: TracedConstant, shape: readonly number[], dtype: TracedType): Value;
}

const BACKEND = 'lossmith-trace';

/** The trace that runs now; there is one at a time, since tracing is synchronous. */
let active: TraceBackend | undefined;

/** A backend whose data are the tracer's values. */
class TraceBackend extends tf.KernelBackend {
  private readonly values = new Map<object, Traced>();
  /** Values that were there before: a tensor made outside of a trace moves here for good and may be needed again. */
  private readonly known = new WeakMap<object, readonly [BackendValues, number[], DataType]>();
  tracer: Tracer<Traced> | undefined;

  place(value: Traced): TensorInfo {
    const dataId = {};
    this.values.set(dataId, value);
    return { dataId, shape: [...value.shape], dtype: value.dtype };
  }
  tracedAt(dataId: object): Traced {
    const value = this.values.get(dataId);
    if (value !== undefined) return value;
    const known = this.known.get(dataId);
    if (known === undefined) throw new Error('a tensor of another trace');
    this.move(dataId, ...known);
    return this.values.get(dataId)!;
  }
  clear(): void {
    this.values.clear();
    this.tracer = undefined;
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype);
    return dataId;
  }
  override move(dataId: object, values: BackendValues, shape: number[], dtype: DataType): void {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new UserError({
        code: 'untraceable',
        message: 'a tensor of a type that cannot be compiled',
        found: dtype,
        expected: 'float32, int32 or bool',
      });
    }
    this.known.set(dataId, [values, shape, dtype]);
    this.values.set(dataId, this.tracer!.constant(values as TracedConstant, shape, dtype));
  }
  override readSync(dataId: object): BackendValues {
    const known = this.known.get(dataId);
    if (known !== undefined) return known[0];
    throw new UserError({
      code: 'untraceable',
      message: 'the values of a tensor are read while the step is traced, and a traced tensor has none',
      found: callerLine(new Error()),
      expected: 'tensor operations alone, such as ops.where(condition, a, b) for a choice',
    });
  }
  override read(dataId: object): Promise<BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }
  override disposeData(): boolean {
    return true;
  }
  override refCount(): number {
    return 1;
  }
  override incRef(): void {
    // Values of a trace live as long as the trace.
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override numDataIds(): number {
    return this.values.size;
  }
  override floatPrecision(): 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override timerAvailable(): boolean {
    return false;
  }
  override dispose(): void {
    this.clear();
  }
}

const backend = new TraceBackend();
const registered = new Set<string>();

function register(name: string): void {
  if (registered.has(name)) return;
  tf.registerKernel({
    kernelName: name,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => {
      const traced: Record<string, Traced> = {};
      for (const [key, info] of Object.entries(inputs)) {
        if (info !== undefined) traced[key] = backend.tracedAt(info.dataId);
      }
      const outputs = record(name, traced, attrs ?? {});
      return Array.isArray(outputs)
        ? outputs.map((value: Traced) => backend.place(value))
        : backend.place(outputs as Traced);
    },
  });
  registered.add(name);
}

function record(
  name: string,
  inputs: Readonly<Record<string, Traced>>,
  attributes: Readonly<Record<string, unknown>>,
): Traced | readonly Traced[] {
  try {
    return backend.tracer!.kernel(name, inputs, attributes, () => callerLine(new Error()));
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    throw new UserError({
      code: 'untraceable',
      message: `the compiled engine cannot do this ${name}: ${error.message}`,
      found: callerLine(new Error()),
      expected: 'another operation, or the engine "eager"',
    });
  }
}

/**
 * Runs a function of tensors as a trace.
 * @param inputs values that stand for tensors that are not known yet.
 * @param body gets a tensor for each input; what it returns comes back as the tracer's values. It must be
 *   synchronous, and the backend in use before is in use again after it, whatever happens.
 * @throws UserError `untraceable` where a value is read or a kernel is not known.
 */
export function traceTensors<Value extends Traced>(
  tracer: Tracer<Value>,
  inputs: readonly Value[],
  body: (inputs: readonly Tensor[]) => readonly Tensor[],
): readonly Value[] {
  if (active !== undefined) throw new Error('a trace is running already');
  const engine = tf.engine();
  const before = engine.backendName;
  if (engine.findBackendFactory(BACKEND) === null) tf.registerBackend(BACKEND, () => backend, 0);
  tracer.kernels.forEach(register);
  backend.tracer = tracer;
  active = backend;
  // Synchronous for a backend that is made at once: the promise has nothing left to do.
  void engine.setBackend(BACKEND);
  // A line of the user's lies below many of TensorFlow.js.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  let results: readonly Value[] = [];
  try {
    tf.tidy(() => {
      const placed = inputs.map((value) => {
        const { dataId, shape, dtype } = backend.place(value);
        return engine.makeTensorFromTensorInfo({ dataId, shape, dtype });
      });
      results = body(placed).map((tensor) => backend.tracedAt(tensor.dataId) as Value);
    });
    return results;
  } catch (error) {
    throw missingKernel(error) ?? error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (before === undefined || before === '') engine.backendName = before;
    else void engine.setBackend(before);
    backend.clear();
    active = undefined;
  }
}

/** What TensorFlow.js throws where a kernel is not registered, as it is or as the cause of what a guard threw. */
function missingKernel(error: unknown): UserError | undefined {
  if (error instanceof UserError) return missingKernel(error.cause);
  const name = /Kernel '(\w+)' not registered/.exec(error instanceof Error ? error.message : '')?.[1];
  if (name === undefined) return undefined;
  return new UserError({
    code: 'untraceable',
    message: `the compiled engine has no kernel ${name}`,
    found: callerLine(error as Error),
    expected: 'another operation, or the engine "eager"',
  });
}

/** The folder of this module, and of its like: sources, or the chunks of the compiled package; as stacks have it. */
const FOLDER = new URL('.', import.meta.url);
const FOLDERS = [FOLDER.href, fileURLToPath(FOLDER)];

/** First line of a stack outside of packages: where the user's function, or a loss of ours, called the operation. */
function callerLine(error: Error): string {
  const stack = (error.stack ?? '').split('\n').slice(1);
  // Above the kernel that TensorFlow.js runs are the trace and its owner.
  const lines = stack.slice(
    Math.max(
      0,
      stack.findIndex((line) => line.includes('node_modules')),
    ),
  );
  const foreign = (line: string): boolean =>
    /node_modules|node:|\(<anonymous>\)/.test(line) || FOLDERS.some((folder) => line.includes(folder));
  const own = lines.find((line) => !foreign(line));
  return own?.trim().replace(/^at /, '') ?? 'an operation that a package calls';
}
