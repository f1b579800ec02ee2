import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../../src/engine/compiled.js';
import { eager } from '../../src/engine/eager.js';
import { buildLoss } from '../../src/losses/build-loss.js';
import type { Loss, LossInputs } from '../../src/losses/loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { ops, read, scalar, useBackend, type Tensor } from '../../src/tensor/index.js';
import { chunkFor, initialState, problemFor } from './problems.js';
import { BINARY, toyData } from './toy-data.js';

beforeAll(() => useBackend('wasm'));

const squares = ({ prediction, target }: LossInputs): Tensor =>
  ops.mean(ops.square(ops.sub(prediction, target)), -1);

let calls = 0;

/** What a user's loss may do that cannot be compiled, and what the message must say. */
const CASES: readonly {
  readonly what: string;
  readonly perSample: (inputs: LossInputs) => Tensor;
  readonly message: RegExp;
}[] = [
  {
    what: 'reads values',
    perSample: (inputs) => {
      const [first] = read(inputs.prediction);
      return ops.mul(squares(inputs), first! > 0 ? 1 : 2);
    },
    message: /values of a tensor are read .*untraceable\.test\.ts:\d+.*where\(condition/,
  },
  {
    what: 'has a shape that depends on data',
    perSample: (inputs) => {
      const count = read(ops.sum(inputs.target))[0]!;
      return ops.add(
        squares(inputs),
        ops.mul(ops.mean(ops.slice(inputs.prediction, [0, 0], [1 + count, 1])), 0),
      );
    },
    message: /values of a tensor are read .*untraceable\.test\.ts:\d+/,
  },
  {
    what: 'uses an operation that is not supported',
    perSample: (inputs) => ops.add(squares(inputs), ops.mean(tf.atan(inputs.target))),
    message: /no kernel Atan .*untraceable\.test\.ts:\d+/,
  },
  {
    what: 'has another number in each call',
    perSample: (inputs) => ops.mul(squares(inputs), scalar(++calls)),
    message: /another constant each time/,
  },
];

describe.each(CASES)('a loss that $what', ({ what, perSample, message }) => {
  const loss: Loss = {
    name: 'of-a-user',
    summary: what,
    parameters: [],
    perSample: { binary: perSample },
    source: 'a test',
  };
  const data = toyData({ heads: [BINARY] });
  const problem = {
    ...problemFor(data, { loss: { name: 'cross-entropy' } }),
    loss: buildLoss({ name: loss.name }, data.heads, builtinLosses.with([loss])),
  };

  it('trains eagerly, and the session says why, in one line', async () => {
    const session = await compiled.prepare(problem);
    expect(session.note).toMatch(message);
    expect(session.note).toContain('of-a-user');
    expect(session.note).not.toContain('\n');
    const members = [{ state: initialState(problem), inputs: chunkFor(problem, 3) }];
    const [result] = await session.train(members);
    expect(result!.losses).toHaveLength(3);
    session.dispose();
  });
});

it('a loss of tensor operations alone has no note', async () => {
  const data = toyData({ heads: [BINARY] });
  for (const engine of [compiled, eager]) {
    const session = await engine.prepare(problemFor(data, { loss: { name: 'focal' } }));
    expect(session.note).toBeUndefined();
    session.dispose();
  }
});
