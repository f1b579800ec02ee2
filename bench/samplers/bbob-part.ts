import { BBOB_FUNCTIONS, BBOB_GROUPS } from './bbob/problems.js';
import type { BbobJob, BbobResult } from './bbob-run.js';
import { writeCsv } from './csv.js';
import { fractionReached, logPoints } from './ecdf.js';
import { writePicture } from './line-picture.js';
import { evaluationsIn, optionsFor, participationOf } from './participation.js';
import type { PartRun } from './parts.js';
import { runInPool } from './pool.js';
import { progress } from './progress.js';
import type { BenchSettings } from './settings.js';
import { boxSpace } from './spaces.js';

const DIMENSIONS = [5, 10, 20];
const QUICK = { dimensions: [5], share: 0.1 };

/** All runs of the part: jobs of one function each, the longest first, so that no process is left alone with them. */
export function bbobJobs(settings: BenchSettings): readonly BbobJob[] {
  const dimensions = settings.quick ? QUICK.dimensions : DIMENSIONS;
  return dimensions
    .flatMap((d) =>
      settings.samplers
        .filter((sampler) => optionsFor(sampler, boxSpace(d)) !== undefined)
        .flatMap(({ name }) => {
          const part = participationOf(name);
          const evaluations = Math.ceil(evaluationsIn(d, part) * (settings.quick ? QUICK.share : 1));
          const instances = Math.min(settings.seeds, part.bbob.instances);
          return evaluations === 0
            ? []
            : BBOB_FUNCTIONS.map(({ id }): BbobJob => ({
                ...{ kind: 'bbob', sampler: name, id, d, instances, evaluations },
              }));
        }),
    )
    .sort((a, b) => b.evaluations * b.instances - a.evaluations * a.instances);
}

/** Runs samplers on the 24 functions and writes how many targets they reach in how many evaluations. */
export async function bbobPart({ settings, folder, print }: PartRun): Promise<void> {
  const jobs = bbobJobs(settings);
  const work = jobs.reduce((sum, { evaluations, instances }) => sum + evaluations * instances, 0);
  const tell = progress('bbob', jobs.length, print);
  const results = await runInPool<BbobJob, BbobResult>({
    ...{ jobs, workers: settings.workers },
    onDone: ({ evaluations, instances }, _result, done) => tell((evaluations * instances) / work, done),
  });
  const runs = jobs.map((job, index) => ({ job, result: results[index]! }));
  const groups = { all: BBOB_FUNCTIONS, ...BBOB_GROUPS };
  const curves = settings.samplers.flatMap(({ name: sampler }) =>
    DIMENSIONS.flatMap((d) =>
      Object.entries(groups).flatMap(([group, functions]) => {
        const own = runs.filter(
          ({ job }) => job.sampler === sampler && job.d === d && functions.some(({ id }) => id === job.id),
        );
        if (own.length === 0) return [];
        const times = own.flatMap(({ result }) => result.times);
        const { evaluations, instances } = own[0]!.job;
        const points = logPoints(evaluations / d).map((x) => ({ x, y: fractionReached(times, x * d) }));
        return [{ sampler, group, d, instances, limit: evaluations / d, points }];
      }),
    ),
  );
  writeCsv(
    folder,
    'bbob',
    curves.flatMap(({ sampler, group, d, instances, limit, points }) =>
      points.map(({ x, y }) => ({
        ...{ sampler, group, d, instances, limit_evaluations_per_d: limit },
        ...{ evaluations_per_d: x, fraction_of_targets: y },
      })),
    ),
  );
  writeCsv(folder, 'bbob-time', timeRows(runs));
  for (const d of DIMENSIONS) {
    const shown = curves.filter((curve) => curve.d === d && curve.group === 'all');
    writePicture(folder, `bbob-${d}`, {
      title: `BBOB f1 to f24, d = ${d}: targets reached`,
      x: { label: 'evaluations / d', log: true },
      y: { label: 'fraction of (function, instance, target)', log: false },
      series: shown.map(({ sampler: name, points }) => ({ name, points })),
    });
  }
  for (const { sampler, group, d, points, limit } of curves) {
    if (group === 'all') {
      print(
        `d = ${d}, ${sampler}: ${points.at(-1)!.y.toFixed(3)} of the targets in ${limit} d evaluations\n`,
      );
    }
  }
}

interface BbobRun {
  readonly job: BbobJob;
  readonly result: BbobResult;
}

/** What an evaluation took, the function included: for people, other work on the machine is in it. */
function timeRows(runs: readonly BbobRun[]): Readonly<Record<string, string | number>>[] {
  const groups = new Map<string, BbobRun[]>();
  for (const run of runs) {
    const key = `${run.job.sampler} ${run.job.d}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((own) => {
    const evaluations = own.reduce((sum, { result }) => sum + result.evaluations, 0);
    const milliseconds = own.reduce((sum, { result }) => sum + result.milliseconds, 0);
    return {
      ...{ sampler: own[0]!.job.sampler, d: own[0]!.job.d, evaluations },
      ...{ seconds: milliseconds / 1000, microseconds_per_evaluation: (1000 * milliseconds) / evaluations },
    };
  });
}
