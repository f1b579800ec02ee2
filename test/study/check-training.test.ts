import { describe, expect, it } from 'vitest';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { parseYaml } from '../../src/core/yaml-file.js';
import type { TaskData } from '../../src/problem/task-data.js';
import { checkTraining, MOST_DRAWN } from '../../src/study/check-training.js';
import { experimentFileSchema } from '../../src/study/experiment-file.js';

const SAMPLES = 1000;
const data = { parts: { train: new Int32Array(SAMPLES) } } as unknown as TaskData;

/** The one line that a `training` gives; undefined where it is right. */
function fault(training: Readonly<Record<string, number>>): string | undefined {
  const document = parseYaml(`name: x\ntask: mixture\ntraining: ${JSON.stringify(training)}\n`, 'x.yaml');
  try {
    checkTraining(experimentFileSchema.parse(document.value).training, document, data);
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return renderUserError(error);
  }
}

describe('the steps of a training', () => {
  it.each([
    { steps: 9_000_000_000_000 },
    { steps: 900_000_000, batchSize: 64 },
    { steps: Number.MAX_SAFE_INTEGER, evaluations: 1, batchSize: 1 },
    { steps: Number.MAX_SAFE_INTEGER, evaluations: 1, batchSize: SAMPLES },
  ])('are refused where a chunk of them draws more samples than can be held: %j', (training) => {
    const line = fault(training)!;
    expect(line).toMatch(/^x\.yaml:3:\d+: training\.steps: the steps between two evaluations draw more/);
    const most = Number(/expected at most (\d+) steps/.exec(line)![1]);
    const { batchSize = 64, evaluations = 8 } = training as Partial<Record<string, number>>;
    expect((most / evaluations) * batchSize).toBeLessThanOrEqual(MOST_DRAWN);
    expect(fault({ ...training, steps: most })).toBeUndefined();
    expect(fault({ ...training, steps: most + evaluations })).toContain(`at most ${most} steps`);
  });

  it('may be many where they are evaluated often enough', () => {
    expect(fault({ steps: 900_000_000, evaluations: 10_000 })).toBeUndefined();
  });

  it('make whole chunks, and a batch fits the training part', () => {
    expect(fault({ steps: 401 })).toMatch(/training\.steps: .*expected 408 steps, say/);
    expect(fault({ batchSize: SAMPLES })).toBeUndefined();
    expect(fault({ batchSize: SAMPLES + 1 })).toMatch(/training\.batchSize: .*expected at most 1000/);
  });
});
