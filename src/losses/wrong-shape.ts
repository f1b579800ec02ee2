import type { Tensor } from '../tensor/index.js';

/** A loss gave something else than one value per sample. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape';
}

/**
 * The values of a loss, which are one for each sample: other shapes would train something else without a word, since
 * arithmetic broadcasts them.
 * @throws WrongShape with the shapes found and expected
 */
export function onePerSample(values: Tensor, samples: number, loss: string): Tensor {
  const { shape } = values;
  if (shape.length === 1 && shape[0] === samples) return values;
  throw new WrongShape(
    `the loss ${loss} has no value per sample (found shape [${shape.join(', ')}], expected [${samples}])`,
  );
}
