import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/candidate/candidate.js';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';
import { compiled } from '../../src/engine/compiled.js';
import { eager } from '../../src/engine/eager.js';
import type { Engine } from '../../src/engine/engine.js';
import type { Loss } from '../../src/losses/loss.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import type { AnySchedule } from '../../src/schedules/schedule.js';
import { liveTensors, useBackend } from '../../src/tensor/index.js';
import { outcomeOf, runCohort, type SettledTrial } from '../../src/trial/run-cohort.js';
import { runTrial } from '../../src/trial/run-trial.js';
import { disposeTrialContext } from '../../src/trial/trial-context.js';
import type { TrialJob } from '../../src/trial/trial.js';
import { CANDIDATES, jobFor, toyContext, trained, type ContextOptions } from './trials.js';

beforeAll(() => useBackend('wasm'));

const THROWING: Loss = {
  name: 'throwing',
  summary: 'for tests',
  parameters: [],
  perSample: {
    multiclass: () => {
      throw new Error('this loss throws');
    },
  },
  source: 'this test',
};
const NO_COLUMN: NonNullable<Candidate['curriculum']> = {
  kind: 'paced',
  difficulty: { score: 'column', column: 'weight' },
  order: 'easy-first',
  pacing: { function: 'linear', start: 0.25, full: 0.5 },
};

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

describe.each([eager, compiled])('a cohort on the engine $name', (engine) => {
  const outcomes = async (jobs: readonly TrialJob[], options: ContextOptions = {}) => {
    const context = toyContext({ engine, ...options });
    const trials = await runCohort(jobs, context);
    disposeTrialContext(context);
    return trials;
  };
  const value = (trial: SettledTrial | undefined) => outcomeOf(trial!);
  const jobs = [
    ...CANDIDATES.filter(({ heads }) => heads === undefined).map(({ candidate }, index) =>
      jobFor(candidate, {
        fidelity: 1 + (index % 3),
        keepCheckpoint: true,
        keepPredictions: true,
        seed: `replicate/${index % 2}`,
      }),
    ),
    jobFor({ loss: { name: 'focal' }, learningRate: 1e9 }),
  ];

  it('gives each trial what it gives alone, in any order, and diverged ones do not disturb it', async () => {
    const together = await outcomes(jobs);
    const alone = [];
    for (const job of jobs) alone.push((await outcomes([job]))[0]);
    expect(together).toEqual(alone);
    expect(value(together.at(-1)).state).toBe('diverged');
    expect([...(await outcomes([...jobs].reverse()))].reverse()).toEqual(together);
  });

  it('may hold rungs of one candidate that start at different points', async () => {
    const job = jobFor({ loss: { name: 'focal' } }, { keepCheckpoint: true });
    const { checkpoint } = trained(value((await outcomes([{ ...job, fidelity: 3 }]))[0]));
    const [fresh, resumed] = await outcomes([job, { ...job, checkpoint: checkpoint! }]);
    expect(resumed).toEqual(fresh);
  });

  describe('with a trial that throws', () => {
    const focal = (gamma: ParameterSpec): TrialJob =>
      jobFor({ loss: { name: 'focal', parameters: { gamma } } }, { keepCheckpoint: true });
    /** Throws in the last chunk, when it has trained beside the others for four. */
    const fuse: AnySchedule = {
      ...builtinSchedules.get('linear'),
      name: 'fuse',
      compile: () => (progress: number) => {
        if (progress > 0.9) throw new Error('the fuse has burnt down');
        return 1;
      },
    };
    /** Fails as a whole where γ is 7 for one of the members. */
    const brittle: Engine = {
      ...engine,
      prepare: async (problem) => {
        const session = await engine.prepare(problem);
        return {
          ...session,
          train: async (members) => {
            if (members.some(({ inputs }) => inputs.theta.includes(7))) throw new Error('not with 7');
            return session.train(members);
          },
        };
      },
    };
    const options = { losses: [THROWING], schedules: [fuse] };
    const good = [focal(0), focal({ schedule: 'linear', from: 0, to: 3 }), focal(2)];
    const bad: readonly (readonly [string, TrialJob, string, ContextOptions])[] = [
      ['its loss at the start', jobFor({ loss: { name: 'throwing' } }), 'this loss throws', options],
      [
        'its loss in a chunk',
        jobFor({ loss: { name: 'throwing' } }),
        'this loss throws',
        { ...options, setup: { normaliseGradient: false } },
      ],
      ['its schedule in a later chunk', focal({ schedule: 'fuse', from: 0, to: 1 }), 'burnt down', options],
      ['the engine, of all members', focal(7), 'not with 7', { ...options, engine: brittle }],
      [
        'the candidate does not fit',
        jobFor({ loss: { name: 'mse' }, curriculum: NO_COLUMN }),
        'no such column',
        options,
      ],
    ];

    it.each(bad)('%s: rejects that one alone', async (_, job, message, context) => {
      const before = liveTensors();
      const trials = await outcomes([good[0]!, job, good[1]!, good[2]!], context);
      expect(trials[1]).toEqual({
        status: 'rejected',
        reason: expect.objectContaining({ message: expect.stringContaining(message) as string }) as Error,
      });
      expect(() => value(trials[1])).toThrow(message);
      expect([trials[0], trials[2], trials[3]]).toEqual(await outcomes(good, context));
      for (const index of [0, 2, 3]) expect(value(trials[index]).state).toBe('trained');
      await new Promise((resolve) => setImmediate(resolve));
      expect(liveTensors()).toBe(before);
    });
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
