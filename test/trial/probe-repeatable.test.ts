import { beforeAll, expect, it } from 'vitest';
import { builtinLosses } from '../../src/losses/registry.js';
import { ops, useBackend } from '../../src/tensor/index.js';
import { customLoss, probe } from './probe-support.js';

beforeAll(() => useBackend('wasm'));

it('rejects a loss that gives another result each time it is called', () => {
  let calls = 0;
  const counting = customLoss('counting', ({ prediction, target }) =>
    ops.mul(ops.square(ops.sub(prediction, target)), ++calls),
  );
  const outcome = probe('binary', { loss: { name: 'counting' } }, { losses: builtinLosses.with([counting]) });
  expect(outcome).toMatchObject({ state: 'rejected', reason: 'not-repeatable' });
});
