import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../../src/engine/compiled.js';
import { eager } from '../../src/engine/eager.js';
import type { EngineProblem } from '../../src/engine/engine.js';
import { buildLoss } from '../../src/losses/build-loss.js';
import type { Loss, LossInputs } from '../../src/losses/loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { ops, read, scalar, useBackend, type Tensor } from '../../src/tensor/index.js';
import { freshFolder } from '../support/lossmith.js';
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
    what: 'computes with integers where the runtime has none',
    perSample: (inputs) =>
      ops.mul(squares(inputs), tf.cast(tf.neg(tf.cast(ops.max(inputs.target, -1), 'int32')), 'float32')),
    message: /cannot do this Neg: its operand is of type int32 .*untraceable\.test\.ts:\d+/,
  },
  {
    what: 'has another number in each call',
    perSample: (inputs) => ops.mul(squares(inputs), scalar(++calls)),
    message: /another constant each time .*in \w+, .*untraceable\.test\.ts:\d+/,
  },
  {
    what: 'draws random numbers',
    perSample: (inputs) =>
      ops.add(squares(inputs), ops.mean(tf.randomUniform([...inputs.prediction.shape]), -1)),
    message: /another constant each time .*in \w+, .*untraceable\.test\.ts:\d+/,
  },
  {
    what: 'raises integers to a power',
    perSample: (inputs) =>
      ops.add(
        squares(inputs),
        tf.mean(tf.cast(tf.pow(tf.cast(inputs.target, 'int32'), tf.scalar(2, 'int32')), 'float32'), -1),
      ),
    message: /cannot do this Pow: its operand is of type int32 .*untraceable\.test\.ts:\d+/,
  },
];

function problemWith(perSample: (inputs: LossInputs) => Tensor): EngineProblem {
  const loss: Loss = {
    name: 'of-a-user',
    summary: 'a loss of a user',
    parameters: [],
    perSample: { binary: perSample },
    source: 'a test',
  };
  const data = toyData({ heads: [BINARY] });
  return {
    ...problemFor(data, { loss: { name: 'cross-entropy' } }),
    loss: buildLoss({ name: loss.name }, data.heads, builtinLosses.with([loss])),
  };
}

describe.each(CASES)('a loss that $what', ({ perSample, message }) => {
  const problem = problemWith(perSample);

  it('trains eagerly, and the session says why, in one line', async () => {
    const session = await compiled.prepare(problem);
    expect(session.note).toMatch(message);
    expect(session.note).toMatch(/^the loss of-a-user trains/);
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

it.each(['tensor', 'chunks', 'a b'])('finds the line of a loss in a folder named %s', async (name) => {
  const folder = join(freshFolder(), name);
  mkdirSync(folder);
  const file = join(folder, 'mine.mjs');
  writeFileSync(file, 'export const loss = (inputs) =>\n  inputs.prediction.dataSync();\n');
  const { loss } = (await import(pathToFileURL(file).href)) as { loss: (inputs: LossInputs) => Tensor };
  const session = await compiled.prepare(problemWith(loss));
  expect(session.note).toMatch(/mine\.mjs:2/);
  session.dispose();
});
