import util from 'node:util';
import { requirePackage } from '../core/require-package.js';
import { tf } from './tfjs.js';
import { UserError } from '../core/errors.js';
import { installKernels } from './kernels/install-kernels.js';
import { loadFailure, TFJS_NODE } from './load-failure.js';
import { installGradients } from './repairs/install-gradients.js';

// Whoever imports the door gets right gradients, whatever it does next.
installGradients();
// Without this, TensorFlow.js prints advertisements for other backends. It switches nothing else off.
tf.env().set('PROD', true);

/** Best first. `tensorflow` needs the optional package @tensorflow/tfjs-node. */
export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];
/** `auto`: the first of {@link BACKENDS} that loads. */
export type BackendChoice = BackendName | 'auto';

export interface BackendInfo {
  readonly name: BackendName;
  /** Version of TensorFlow.js. */
  readonly version: string;
}

/** Whether a backend loads on this machine. */
export interface BackendProbe {
  readonly name: BackendName;
  readonly available: boolean;
  /** One line that says why not; absent when available. */
  readonly reason?: string;
}

/**
 * Loads and selects a backend; all tensors made from here on live there.
 * @throws UserError `backend` when a named backend does not load, with the reason.
 */
export async function useBackend(choice: BackendChoice): Promise<BackendInfo> {
  const candidates = choice === 'auto' ? BACKENDS : [choice];
  const reasons: string[] = [];
  for (const name of candidates) {
    const reason = await select(name);
    if (reason === undefined) return { name, version: tf.version_core };
    reasons.push(`${name}: ${reason}`);
  }
  throw new UserError({
    code: 'backend',
    message: choice === 'auto' ? 'no TensorFlow.js backend loads' : `the backend "${choice}" does not load`,
    found: reasons.join('; '),
    expected: 'one of auto, tensorflow, wasm, cpu that `lossmith doctor` shows as available',
  });
}

/**
 * Tries every backend, best first. The backend in use stays in use; where there was none, the best available one is
 * selected.
 */
export async function probeBackends(): Promise<readonly BackendProbe[]> {
  const before = currentBackend();
  const probes: BackendProbe[] = [];
  for (const name of BACKENDS) {
    const reason = await select(name);
    probes.push(reason === undefined ? { name, available: true } : { name, available: false, reason });
  }
  const best = probes.find(({ available }) => available)?.name;
  const after = BACKENDS.find((name) => name === before) ?? best;
  if (after !== undefined) await select(after);
  return probes;
}

/** Name of the selected backend; empty while there is none. */
export const currentBackend = (): string => {
  const name: string | undefined = tf.getBackend();
  return name ?? '';
};

/** Loads and selects one backend; returns why it could not, in one line. */
async function select(name: BackendName): Promise<string | undefined> {
  try {
    try {
      await LOADERS[name]();
    } finally {
      // tfjs-node brings the stock gradients, which replace ours; it has done so too when its library then fails.
      installGradients();
    }
    installKernels(name);
    const started = await tf.setBackend(name);
    if (!started) return 'it is installed but does not start';
    await tf.ready();
    return undefined;
  } catch (error) {
    return loadFailure(error);
  }
}

const LOADERS: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  tensorflow: loadTensorFlow,
  wasm: () => Promise.resolve(requirePackage('@tensorflow/tfjs-backend-wasm')),
  cpu: () => Promise.resolve(requirePackage('@tensorflow/tfjs-backend-cpu')),
};

/**
 * What the C++ library reads when it starts: it has no other setting. One thread, because sums of floats must not
 * depend on the number of cores; oneDNN picks its kernels by processor, so it is off; 2 hides notices about the
 * processor and keeps errors.
 */
const TENSORFLOW_SETTINGS = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '2',
} as const;

async function loadTensorFlow(): Promise<void> {
  // What the user has set stays.
  for (const [name, value] of Object.entries(TENSORFLOW_SETTINGS)) process.env[name] ??= value;
  // tfjs-node 4.22 calls two functions that Node 23 removed (tensorflow/tfjs issue 8609).
  const old = util as unknown as Record<string, unknown>;
  old['isNullOrUndefined'] ??= (value: unknown): boolean => value === null || value === undefined;
  old['isArray'] ??= Array.isArray;
  // The package is optional: a specifier in a variable keeps the compiler from looking for it.
  const specifier: string = TFJS_NODE;
  await import(specifier);
}
