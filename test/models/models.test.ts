import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import { ACTIVATIONS } from '../../src/models/activation.js';
import { glorotUniform, hiddenWeights } from '../../src/models/initial-weights.js';
import type { AnyModel, HostParameters, ModelShape } from '../../src/models/model.js';
import { builtinModels } from '../../src/models/registry.js';
import { liveTensors, read, tensorFrom, tidy, useBackend } from '../../src/tensor/index.js';

beforeAll(() => useBackend('wasm'));

const SHAPE: ModelShape = {
  input: [8, 8, 2],
  heads: [
    { name: 'one', kind: 'binary', outputs: 1 },
    { name: 'many', kind: 'multiclass', outputs: 5 },
  ],
};

const x = (rows: number): Float32Array => {
  const random = stream('input');
  return Float32Array.from({ length: rows * 128 }, () => random.normal());
};

/** Predictions by head for an input [rows, 8, 8, 2]. */
function predict(model: AnyModel, options: unknown, parameters: HostParameters, values: Float32Array) {
  return tidy(() => {
    const uploaded = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape, values: own }]) => [name, tensorFrom(own, shape)]),
    );
    const input = tensorFrom(values, [values.length / 128, 8, 8, 2]);
    const outputs = Object.entries(model.forward(options, SHAPE, uploaded, input));
    return outputs.map(([head, tensor]) => ({ head, shape: tensor.shape, values: [...read(tensor)] }));
  });
}

describe.each(builtinModels.members.map((model) => [model.name, model] as const))('%s', (_name, model) => {
  const options: unknown = model.schema.parse({});
  const parameters = model.init(options, SHAPE, stream('init'));

  it('starts from equal weights for equal streams, and from others for other streams', () => {
    expect(model.init(options, SHAPE, stream('init'))).toEqual(parameters);
    expect(model.init(options, SHAPE, stream('other'))).not.toEqual(parameters);
  });

  it('names every parameter once, outside of the names of the loss, with as many numbers as its shape', () => {
    for (const [name, { shape, values }] of Object.entries(parameters)) {
      expect(name.startsWith('loss/')).toBe(false);
      expect(values).toHaveLength(shape.reduce((product, extent) => product * extent, 1));
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('predicts [N, outputs] for every head', () => {
    const outputs = predict(model, options, parameters, x(3));
    expect(outputs.map(({ head, shape }) => [head, shape])).toEqual([
      ['one', [3, 1]],
      ['many', [3, 5]],
    ]);
  });

  it('predicts each sample by itself', () => {
    const together = predict(model, options, parameters, x(3))[1]!.values;
    const second = predict(model, options, parameters, x(3).slice(128, 256))[1]!.values;
    second.forEach((value, index) => expect(value).toBeCloseTo(together[5 + index]!, 5));
  });

  it.each(ACTIVATIONS)('depends on every parameter with %s', (activation) => {
    const own: unknown = model.schema.parse({ activation });
    const weights = model.init(own, SHAPE, stream('init'));
    const before = JSON.stringify(predict(model, own, weights, x(4)));
    for (const [name, tensor] of Object.entries(weights)) {
      const moved = { ...tensor, values: tensor.values.map((value) => value + 0.05) };
      expect(JSON.stringify(predict(model, own, { ...weights, [name]: moved }, x(4)))).not.toBe(before);
    }
  });

  it('keeps the scale of its input at the start', () => {
    const values = predict(model, options, parameters, x(64)).flatMap((output) => output.values);
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(square).toBeGreaterThan(0.01);
    expect(square).toBeLessThan(30);
  });

  it('leaks no tensor', () => {
    const before = liveTensors();
    predict(model, options, parameters, x(2));
    expect(liveTensors()).toBe(before);
  });

  it('refuses options that it does not know', () => {
    expect(model.schema.safeParse({ layers: 3 }).success).toBe(false);
  });
});

describe('mlp', () => {
  const mlp = builtinModels.get('mlp');

  it('is a linear model without hidden layers', () => {
    const parameters = mlp.init({ hidden: [], activation: 'relu' }, SHAPE, stream('init'));
    expect(Object.keys(parameters)).toEqual([
      'head/one/weight',
      'head/one/bias',
      'head/many/weight',
      'head/many/bias',
    ]);
    const { values } = parameters['head/one/weight']!;
    const input = x(1);
    const product = input.reduce((sum, value, index) => sum + value * values[index]!, 0);
    const options = { hidden: [], activation: 'relu' };
    expect(predict(mlp, options, parameters, input)[0]!.values[0]).toBeCloseTo(product, 4);
  });
});

describe('cnn', () => {
  const cnn = builtinModels.get('cnn');
  const options: unknown = cnn.schema.parse({});

  it('equals a convolution, a pooling and two dense layers written out', () => {
    const shape: ModelShape = { input: [2, 2, 1], heads: [{ name: 'y', kind: 'regression', outputs: 1 }] };
    const small = { channels: [1], kernel: 3, hidden: [], activation: 'relu' };
    const initial = cnn.init(small, shape, stream('init'));
    const filter = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const parameters: HostParameters = {
      ...initial,
      'convolution/0/weight': { shape: [3, 3, 1, 1], values: Float32Array.from(filter) },
      'convolution/0/bias': { shape: [1], values: Float32Array.of(-50) },
      'head/y/weight': { shape: [1, 1], values: Float32Array.of(2) },
      'head/y/bias': { shape: [1], values: Float32Array.of(1) },
    };
    const y = tidy(() => {
      const uploaded = Object.fromEntries(
        Object.entries(parameters).map(([name, { shape: own, values }]) => [name, tensorFrom(values, own)]),
      );
      const input = tensorFrom(Float32Array.of(1, 2, 3, 4), [1, 2, 2, 1]);
      return read(cnn.forward(small, shape, uploaded, input).y!)[0]!;
    });
    // Responses at the four corners (cross-correlation, zeros around): 77, 67, 47, 37; the pool takes 77.
    expect(y).toBe(2 * (77 - 50) + 1);
  });

  it.each([[[7, 8, 1]], [[8, 6, 1]], [[64]], [[8, 8]]])('refuses the input %j', (input) => {
    const init = () => cnn.init(options, { ...SHAPE, input }, stream('init'));
    expect(init).toThrow(UserError);
    expect(init).toThrow('does not fit');
  });

  it('refuses filters of even size', () => {
    expect(cnn.schema.safeParse({ kernel: 4 }).success).toBe(false);
  });
});

describe('initial weights', () => {
  const fan = { incoming: 50, outgoing: 30 };
  const variance = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value * value, 0) / values.length;

  it('have variance 2/incoming before a rectifier, and 2/(incoming + outgoing) otherwise', () => {
    const he = hiddenWeights([100, 200], fan, 'relu', stream('he')).values;
    const glorot = hiddenWeights([100, 200], fan, 'tanh', stream('glorot')).values;
    expect(variance(he) / (2 / 50)).toBeCloseTo(1, 1);
    expect(variance(glorot) / (2 / 80)).toBeCloseTo(1, 1);
  });

  it('stay inside the bound when uniform', () => {
    const bound = Math.sqrt(6 / 80);
    const { values } = glorotUniform([100, 20], fan, stream('bound'));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...values)).toBeGreaterThan(0.95 * bound);
    expect(Math.min(...values)).toBeLessThan(-0.95 * bound);
  });
});
