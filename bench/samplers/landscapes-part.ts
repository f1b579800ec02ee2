import { byNumber } from '../../src/core/order.js';
import { writeComparison } from './comparison.js';
import { expectedBestOfDraws } from './expected-best.js';
import type { Chance } from './judge.js';
import { LANDSCAPES, readLandscape, type Landscape } from './landscape.js';
import { OWN, type LandscapeJob, type LandscapeResult } from './landscape-run.js';
import { optionsFor, participationOf } from './participation.js';
import type { PartRun } from './parts.js';
import { runInPool } from './pool.js';
import { progress } from './progress.js';

const TRAININGS = 100;
/** Draws beyond this are not told apart. */
const MOST_DRAWS = 10_000;
/**
 * `full` compares samplers alone, the others samplers together with cheap, short trainings; samplers with rounds of their
 * own stand beside those under `hyperband`.
 */
const POLICIES = ['full', 'hyperband', 'asha', 'median-stopping'];
const fileOf = (policy: string): string => (policy === OWN ? 'hyperband' : policy);

function policiesFor(sampler: string, hasRounds: boolean): readonly string[] {
  if (hasRounds) return [OWN];
  return participationOf(sampler).shortTrainings === false ? ['full'] : POLICIES;
}

/** Chance on a landscape: independent draws, each trained fully. */
export function landscapeChance({ points, full, curveOf }: Landscape): Chance {
  const sorted = points
    .map(({ assignment, weight }) => ({ value: curveOf(assignment)[full - 1] ?? Infinity, weight }))
    .sort((a, b) => byNumber(a.value, b.value));
  const finite = sorted.filter(({ value }) => Number.isFinite(value));
  // A draw that diverges finds nothing: it counts as the worst that trained.
  const worst = finite.at(-1)!.value;
  const values = sorted.map(({ value, weight }) => ({ value: Math.min(value, worst), weight }));
  return {
    optimum: values[0]!.value,
    most: MOST_DRAWS,
    expectation: (n) => expectedBestOfDraws(values, n),
    partBelow: (value) => values.reduce((sum, one) => sum + (one.value < value ? one.weight : 0), 0),
  };
}

/** Judges samplers on the recorded landscapes of losses. */
export async function landscapesPart({ settings, folder, print }: PartRun): Promise<void> {
  const landscapes = LANDSCAPES.map(({ name }) => readLandscape(name));
  const jobs = landscapes.flatMap(({ name: landscape, space }) =>
    settings.samplers
      .filter(
        (sampler) => optionsFor(sampler, space) !== undefined && participationOf(sampler.name).seeds > 0,
      )
      .flatMap(({ name: sampler, rounds }) =>
        policiesFor(sampler, rounds !== undefined).map((policy): LandscapeJob => {
          const seeds = Math.min(settings.seeds, participationOf(sampler).seeds);
          return { kind: 'landscape', sampler, policy, landscape, seeds, trainings: TRAININGS };
        }),
      ),
  );
  const tell = progress('landscapes', jobs.length, print);
  const results = await runInPool<LandscapeJob, LandscapeResult>({
    ...{ jobs, workers: settings.workers },
    onDone: (_job, _result, done) => tell(1 / jobs.length, done),
  });
  for (const policy of POLICIES) {
    const contests = landscapes.map((landscape) => ({
      ...{ problem: landscape.name, sign: landscape.sign, chance: landscapeChance(landscape) },
      competitors: jobs.flatMap((job, index) =>
        job.landscape === landscape.name && fileOf(job.policy) === policy
          ? [{ name: job.sampler, policy: job.policy, bests: results[index]! }]
          : [],
      ),
    }));
    print(writeComparison(folder, `landscapes-${policy}`, 'trainings', contests));
  }
}
