import type { Head } from '../problem/head.js';
import type { ProbeGradients } from './probe-gradients.js';
import type { ProbeOutcome, ProbeRejection } from './trial.js';

export type ProbeRejected = Extract<ProbeOutcome, { state: 'rejected' }>;

/** Gradients below this part of the largest value (or of the whole gradient) are rounding errors. */
const NOISE = 1e-6;

export const rejected = (reason: ProbeRejection, detail: string): ProbeRejected => ({
  state: 'rejected',
  reason,
  detail,
});

/** What is not finite, in words; undefined where all is well. */
export function firstNotFinite(
  { values, gradients, learned }: ProbeGradients,
  heads: readonly Head[],
): string | undefined {
  if (!values.every(Number.isFinite)) return 'the loss is not finite';
  const head = gradients.findIndex((gradient) => !gradient.every(Number.isFinite));
  if (head !== -1) return `the gradient of head ${heads[head]!.name} is not finite`;
  return learned.every(Number.isFinite) ? undefined : 'the gradient of a learned weight is not finite';
}

/**
 * Whether a loss can train its heads from uniform output: the gradient there is not 0, and at some progress a small
 * step against it lowers the plain loss, which is to say that the two gradients have a positive inner product.
 * Heads without any gradient are passed over, as long as one has some.
 *
 * @param start at the batch of uniform outputs, one for each progress
 * @param trained at the other batch
 * @param plain gradients of the plain loss at the batch of uniform outputs
 */
export function judgeGradients(
  heads: readonly Head[],
  start: readonly ProbeGradients[],
  trained: readonly ProbeGradients[],
  plain: ProbeGradients,
): ProbeRejected | undefined {
  const looks = [...start, ...trained];
  const largest = looks
    .flatMap(({ values }) => Array.from(values))
    .reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  let silent = true;
  for (const [index, { name }] of heads.entries()) {
    const ofHead = ({ gradients }: ProbeGradients): Float32Array => gradients[index]!;
    const whole = norm(looks.map(ofHead));
    if (whole <= NOISE * largest) continue;
    silent = false;
    if (norm(start.map(ofHead)) <= NOISE * whole) {
      return rejected('no-gradient', `no gradient at the uniform output of head ${name}`);
    }
    const gains = start.map((look) => cosine(ofHead(look), ofHead(plain)));
    if (gains.some((gain) => gain > NOISE)) continue;
    const best = Math.max(...gains).toPrecision(2);
    return rejected(
      'wrong-direction',
      `a step from uniform output does not lower the plain loss of head ${name} (cosine of the gradients ${best})`,
    );
  }
  return silent ? rejected('no-gradient', 'the gradient is 0 at all probe points') : undefined;
}

const norm = (parts: readonly Float32Array[]): number =>
  Math.sqrt(parts.reduce((sum, part) => sum + dot(part, part), 0));

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

/** Cosine of the angle between two vectors; 0 where one of them is 0. */
function cosine(a: Float32Array, b: Float32Array): number {
  const size = norm([a]) * norm([b]);
  return size === 0 ? 0 : dot(a, b) / size;
}
