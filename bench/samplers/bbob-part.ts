import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BBOB_FUNCTIONS, BBOB_GROUPS } from './bbob/problems.js';
import type { BbobJob, BbobResult } from './bbob-run.js';
import { readCsv, withRecorded, writeCsv } from './csv.js';
import { fractionReached, logPoints } from './ecdf.js';
import { codeOf, keptJobs, NOTHING_KEPT, type KeptJobs } from './kept-jobs.js';
import { writePicture } from './line-picture.js';
import { evaluationsIn, optionsFor, participationOf } from './participation.js';
import type { PartRun } from './parts.js';
import { runInPool } from './pool.js';
import { progress } from './progress.js';
import type { BenchSettings } from './settings.js';
import { boxSpace } from './spaces.js';

const DIMENSIONS = [5, 10, 20];
const QUICK = { dimensions: [5], share: 0.1 };

/** All runs of the part: jobs of one function each, one sampler after another, the longest first. */
export function bbobJobs(settings: BenchSettings): readonly BbobJob[] {
  const dimensions = settings.quick ? QUICK.dimensions : DIMENSIONS;
  return settings.samplers.flatMap((sampler) => {
    const part = participationOf(sampler.name);
    const instances = Math.min(settings.seeds, part.bbob.instances);
    return dimensions
      .filter((d) => optionsFor(sampler, boxSpace(d)) !== undefined)
      .flatMap((d) => {
        const evaluations = Math.ceil(evaluationsIn(d, part) * (settings.quick ? QUICK.share : 1));
        return evaluations === 0
          ? []
          : BBOB_FUNCTIONS.map(({ id }): BbobJob => ({
              ...{ kind: 'bbob', sampler: sampler.name, id, d, instances, evaluations },
            }));
      })
      .sort((a, b) => b.evaluations * b.instances - a.evaluations * a.instances);
  });
}

/** Runs samplers on the 24 functions and writes how many targets they reach in how many evaluations. */
export async function bbobPart({ settings, folder, print }: PartRun): Promise<void> {
  const jobs = bbobJobs(settings);
  const kept: KeptJobs<BbobJob, BbobResult> =
    settings.keep === undefined ? NOTHING_KEPT : keptResults(settings.keep);
  const found = new Map<BbobJob, BbobResult>();
  const onDone = (job: BbobJob, result: BbobResult): void => {
    found.set(job, result);
    const own = jobs.filter(({ sampler }) => sampler === job.sampler);
    if (!own.every((one) => found.has(one))) return;
    // The whole takes long: what is complete is never lost.
    const whole = settings.samplers.filter(({ name }) =>
      jobs.every((one) => one.sampler !== name || found.has(one)),
    );
    const runs = jobs
      .filter((one) => whole.some(({ name }) => name === one.sampler))
      .map((one) => ({ job: one, result: found.get(one)! }));
    writeRuns(folder, runs);
    print(summaryOf(runs.filter((run) => run.job.sampler === job.sampler)));
  };
  for (const job of jobs) {
    const result = kept.find(job);
    if (result !== undefined) onDone(job, result);
  }
  const left = jobs.filter((job) => !found.has(job));
  const work = left.reduce((sum, { evaluations, instances }) => sum + evaluations * instances, 0);
  const tell = progress('bbob', left.length, print);
  await runInPool<BbobJob, BbobResult>({
    ...{ jobs: left, workers: settings.workers },
    onDone: (job, result, done) => {
      kept.keep(job, result);
      tell((job.evaluations * job.instances) / work, done);
      onDone(job, result);
    },
  });
}

/** The bench runs from its sources: they and the libraries decide the results. */
function keptResults(folder: string): KeptJobs<BbobJob, BbobResult> {
  const sources = ['../../src/', './', '../../package-lock.json'].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  return keptJobs(path.join(folder, 'bbob.jsonl'), codeOf(sources));
}

interface Curve {
  readonly sampler: string;
  readonly group: string;
  readonly d: number;
  readonly instances: number;
  /** Evaluations for each dimension. */
  readonly limit: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** How many of the targets were reached in how many evaluations: by sampler, dimension and group of functions. */
function curvesOf(runs: readonly BbobRun[]): readonly Curve[] {
  const samplers = [...new Set(runs.map(({ job }) => job.sampler))];
  const groups = { all: BBOB_FUNCTIONS, ...BBOB_GROUPS };
  return samplers.flatMap((sampler) =>
    DIMENSIONS.flatMap((d) =>
      Object.entries(groups).flatMap(([group, functions]): Curve[] => {
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
}

/** Samplers that did not run now stay as the files have them. */
function writeRuns(folder: string, runs: readonly BbobRun[]): void {
  const rows = curvesOf(runs).flatMap(({ sampler, group, d, instances, limit, points }) =>
    points.map(({ x, y }) => ({
      ...{ sampler, group, d, instances, limit_evaluations_per_d: limit },
      ...{ evaluations_per_d: x, fraction_of_targets: y },
    })),
  );
  writeCsv(folder, 'bbob', withRecorded(readCsv(folder, 'bbob'), rows));
  writeCsv(folder, 'bbob-time', withRecorded(readCsv(folder, 'bbob-time'), timeRows(runs)));
  // From the file, so that pictures do not depend on who ran now and whose digits were cut before.
  const drawn = recordedCurves(readCsv(folder, 'bbob'));
  for (const d of DIMENSIONS) {
    const shown = drawn.filter((curve) => curve.d === d && curve.group === 'all');
    writePicture(folder, `bbob-${d}`, {
      title: `BBOB f1 to f24, d = ${d}: targets reached`,
      x: { label: 'evaluations / d', log: true },
      y: { label: 'fraction of (function, instance, target)', log: false },
      series: shown.map(({ sampler: name, points }) => ({ name, points })),
    });
  }
}

function recordedCurves(rows: readonly Readonly<Record<string, string>>[]): readonly Curve[] {
  const curves = new Map<string, Curve>();
  for (const row of rows) {
    const { sampler = '', group = '' } = row;
    const key = [sampler, group, row['d']].join(' ');
    const before = curves.get(key)?.points ?? [];
    const point = { x: Number(row['evaluations_per_d']), y: Number(row['fraction_of_targets']) };
    curves.set(key, {
      ...{ sampler, group, d: Number(row['d']), instances: Number(row['instances']) },
      ...{ limit: Number(row['limit_evaluations_per_d']), points: [...before, point] },
    });
  }
  return [...curves.values()];
}

const summaryOf = (runs: readonly BbobRun[]): string =>
  curvesOf(runs)
    .filter(({ group }) => group === 'all')
    .map(
      ({ sampler, d, points, limit }) =>
        `d = ${d}, ${sampler}: ${points.at(-1)!.y.toFixed(3)} of the targets in ${limit} d evaluations\n`,
    )
    .join('');

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
