import { permutation, type Stream } from '../core/random.js';

export interface MixtureRequest {
  /** Number of samples of each class. */
  readonly counts: readonly number[];
  readonly features: number;
  /** Gaussian clusters of each class. */
  readonly clusters: number;
  /** Standard deviation of every cluster, where two centers are 2 apart on average. */
  readonly overlap: number;
  readonly centers: Stream;
  readonly samples: Stream;
}

export interface Mixture {
  /** Row-major [size, features]. */
  readonly inputs: Float64Array;
  readonly labels: Int32Array;
  /** ln P(class | input) under the mixture that made the data, row-major [size, classes]. */
  readonly logPosteriors: Float64Array;
}

/**
 * Draws samples of a mixture of isotropic Gaussians with equal weights within each class. Centers are normal with
 * a mean squared distance of 4 between any two, so that two clusters alone would be told apart with an error of
 * Φ(−1/overlap).
 */
export function gaussianMixture(request: MixtureRequest): Mixture {
  const { counts, features, clusters, overlap, centers, samples } = request;
  const classes = counts.length;
  const spread = Math.sqrt(2 / features);
  const center = Float64Array.from(
    { length: classes * clusters * features },
    () => spread * centers.normal(),
  );
  const ordered = counts.flatMap((count, label) => new Array<number>(count).fill(label));
  const labels = Int32Array.from(permutation(ordered.length, samples), (position) => ordered[position]!);
  const inputs = new Float64Array(labels.length * features);
  labels.forEach((label, sample) => {
    const start = (label * clusters + samples.integer(clusters)) * features;
    for (let feature = 0; feature < features; feature++) {
      inputs[sample * features + feature] = center[start + feature]! + overlap * samples.normal();
    }
  });
  return { inputs, labels, logPosteriors: logPosteriors(inputs, center, request) };
}

function logPosteriors(
  inputs: Float64Array,
  center: Float64Array,
  { counts, features, clusters, overlap }: MixtureRequest,
): Float64Array {
  const classes = counts.length;
  const size = inputs.length / features;
  const result = new Float64Array(size * classes);
  for (let sample = 0; sample < size; sample++) {
    const joint = counts.map((count, label) => {
      const exponents = Array.from({ length: clusters }, (_, cluster) => {
        let squares = 0;
        for (let feature = 0; feature < features; feature++) {
          const position = (label * clusters + cluster) * features + feature;
          squares += (inputs[sample * features + feature]! - center[position]!) ** 2;
        }
        return -squares / (2 * overlap * overlap);
      });
      return Math.log(count) + logSumExp(exponents);
    });
    const total = logSumExp(joint);
    joint.forEach((value, label) => (result[sample * classes + label] = value - total));
  }
  return result;
}

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
