import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineSession } from '../../src/engine/engine.js';
import { compiled } from '../../src/engine/compiled.js';
import { eager } from '../../src/engine/eager.js';
import { createRegistries } from '../../src/plugins/registries.js';
import { trainingSetup } from '../../src/study/training-setup.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { useBackend } from '../../src/tensor/index.js';
import { compareEngines } from '../../src/trial/compare-engines.js';
import { ROOT } from '../support/lossmith.js';

beforeAll(() => useBackend('wasm'));

/** An engine that forgets to scale the loss. */
const faulty: Engine = {
  ...eager,
  prepare: async (problem) => {
    const session: EngineSession = await eager.prepare(problem);
    return {
      ...session,
      train: (members) =>
        session.train(members.map((one) => ({ ...one, inputs: { ...one.inputs, lossScale: 30 } }))),
    };
  },
};

describe('two engines side by side', () => {
  it.each(['quickstart', 'multi-task'])('%s: compiled agrees with eager', async (name) => {
    const { experiment, data } = await loadExperiment(`${ROOT}/experiments/${name}.yaml`, [], 'search');
    const registries = createRegistries([]);
    const setup = trainingSetup(experiment, registries);
    const heads = Object.fromEntries(data.heads.map(({ name: head, kind }) => [head, kind]));
    const loss =
      data.heads.length === 1
        ? { name: 'focal', parameters: { gamma: 1.5 } }
        : {
            name: 'multi-task' as const,
            heads: Object.fromEntries(
              Object.entries(heads).map(([head, kind]) => [
                head,
                { name: kind === 'regression' ? 'huber' : 'focal' },
              ]),
            ),
            weighting: { name: 'uncertainty' as const },
          };
    const comparison = { candidate: { loss }, data, setup, registries, tell: () => undefined };
    const found = await compareEngines(comparison, compiled, eager);
    expect(found.map(({ steps }) => steps)).toEqual([1, 20]);
    expect(found.every(({ agrees }) => agrees)).toBe(true);
    const same = await compareEngines(comparison, eager, eager);
    expect(same.map(({ difference }) => difference)).toEqual([0, 0]);
    const sgd = { ...setup, optimizer: { name: 'sgd' } as const, learningRate: 0.1 };
    const wrong = await compareEngines({ ...comparison, setup: sgd }, faulty, eager);
    expect(wrong.some(({ agrees }) => agrees)).toBe(false);
  });
});
