import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, useBackend } from '../../src/tensor/index.js';
import { runCohort } from '../../src/trial/run-cohort.js';
import { runTrial } from '../../src/trial/run-trial.js';
import { disposeTrialContext } from '../../src/trial/trial-context.js';
import { CANDIDATES, jobFor, toyContext, trained } from './trials.js';

beforeAll(() => useBackend('wasm'));

describe.each(CANDIDATES)('$note', ({ heads, candidate }) => {
  const context = () => toyContext(heads === undefined ? {} : { heads });

  it('gives the same bytes in one piece and resumed elsewhere, and leaves nothing behind', async () => {
    const before = liveTensors();
    const whole = context();
    const job = jobFor(candidate, { part: 'test', keepCheckpoint: true, keepPredictions: true });
    const straight = trained(await runTrial(job, whole));
    disposeTrialContext(whole);

    const first = context();
    const rung = trained(await runTrial({ ...job, fidelity: 2 }, first));
    disposeTrialContext(first);
    const second = context();
    const checkpoint = structuredClone(rung.checkpoint!);
    const resumed = await runTrial({ ...job, checkpoint }, second);
    disposeTrialContext(second);

    expect(resumed).toEqual(straight);
    expect(rung.curve).toEqual(straight.curve.slice(0, 2));
    expect(rung.steps).toBe(12);
    expect(straight.steps).toBe(30);
    expect(straight.curve.map(({ step }) => step)).toEqual([6, 12, 18, 24, 30]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(liveTensors()).toBe(before);
  });
});

describe('a cohort', () => {
  it('gives each trial what it gives alone, and diverged ones do not disturb it', async () => {
    const context = toyContext();
    const jobs = [
      ...CANDIDATES.filter(({ heads }) => heads === undefined).map(({ candidate }, index) =>
        jobFor(candidate, {
          fidelity: 1 + (index % 3),
          keepCheckpoint: true,
          seed: `replicate/${index % 2}`,
        }),
      ),
      jobFor({ loss: { name: 'focal' }, learningRate: 1e9 }),
    ];
    const together = await runCohort(jobs, context);
    const alone = [];
    for (const job of jobs) alone.push(await runTrial(job, toyContext()));
    expect(together).toEqual(alone);
    expect(together.at(-1)!.state).toBe('diverged');
    disposeTrialContext(context);
  });

  it('may hold rungs of one candidate that start at different points', async () => {
    const context = toyContext();
    const job = jobFor({ loss: { name: 'focal' } }, { keepCheckpoint: true });
    const { checkpoint } = trained(await runTrial({ ...job, fidelity: 3 }, context));
    const [fresh, resumed] = await runCohort([job, { ...job, checkpoint: checkpoint! }], context);
    expect(resumed).toEqual(fresh);
    disposeTrialContext(context);
  });
});

describe('two processes', () => {
  it('give equal bytes', async () => {
    const script = fileURLToPath(new URL('trial-bytes.ts', import.meta.url));
    const run = async () => (await promisify(execFile)(process.execPath, ['--import', 'tsx', script])).stdout;
    const [one, other] = await Promise.all([run(), run()]);
    expect(one).toMatch(/^[0-9a-f]{64}\n$/);
    expect(other).toBe(one);
  });
});
