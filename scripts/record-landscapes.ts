// Trains every cell of the landscapes that `npm run bench:samplers` judges on: `npm run landscapes [-- NAME…]`. Writes
// results/reference/samplers/landscapes/NAME.json. Data is looked for in LOSSMITH_DATA. A few minutes each on two cores.
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLattice } from '../bench/samplers/lattice.js';
import { LANDSCAPES, landscapeFolder, type LandscapeRecord } from '../bench/samplers/landscape.js';
import { createTrialContext, disposeTrialContext } from '../src/trial/trial-context.js';
import { formCohorts } from '../src/study/form-cohorts.js';
import { loadExperiment } from '../src/study/load-experiment.js';
import { primaryMetric } from '../src/study/study-context.js';
import { trainingSetup } from '../src/study/training-setup.js';
import { buildLoss } from '../src/losses/build-loss.js';
import { spaceFrom } from '../src/space/create-space.js';
import { runCohort } from '../src/trial/run-cohort.js';
import { useBackend } from '../src/tensor/index.js';

const SCALE = 1e4;
const PROCESSES = 2;
const folders = [
  process.env['LOSSMITH_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url)),
];

type Curve = readonly number[] | null;
type Definition = (typeof LANDSCAPES)[number];

/** Mean over the trainings of a point; null where one of them has no finite value. */
function meanCurve(curves: readonly Curve[]): Curve {
  if (curves.some((curve) => curve === null)) return null;
  const sums = curves[0]!.map((_, index) => curves.reduce((sum, curve) => sum + curve![index]!, 0));
  const scaled = sums.map((sum) => Math.round((sum / curves.length) * SCALE));
  return scaled.every(Number.isFinite) ? scaled : null;
}

async function read(name: string) {
  await useBackend('wasm');
  const file = fileURLToPath(new URL(`../bench/samplers/landscapes/${name}.yaml`, import.meta.url));
  return loadExperiment(file, folders, 'search', {});
}

/** Trains every PROCESSES-th point from `first` on. */
async function train({ name, cells, seeds }: Definition, first: number): Promise<readonly Curve[]> {
  const { experiment, registries, data } = await read(name);
  const space = spaceFrom(experiment.space);
  const { points } = createLattice(space, cells);
  const own = points.filter((_, index) => index % PROCESSES === first);
  const engine = registries.engines.get('compiled');
  const setup = trainingSetup(experiment, registries);
  const context = createTrialContext({ data, setup, registries, engine });
  const items = own.flatMap(({ assignment }, point) =>
    Array.from({ length: seeds }, (_, seed) => ({ point, seed, candidate: space.build(assignment) })),
  );
  const curves = own.map((): Curve[] => []);
  const cohorts = formCohorts({
    items,
    graphOf: ({ candidate, seed }) =>
      `${buildLoss(candidate.loss, data.heads, registries.losses).structure} ${seed}`,
    largest: engine.cohort,
    workers: 1,
  });
  for (const [index, cohort] of cohorts.entries()) {
    const jobs = cohort.map(({ candidate, seed }) => ({
      ...{
        candidate,
        seed: `landscape/${name}/${seed}`,
        fidelity: setup.evaluations,
        part: 'validation' as const,
      },
      ...{ keepPredictions: false, keepCheckpoint: false },
    }));
    for (const [place, settled] of (await runCohort(jobs, context)).entries()) {
      if (settled.status === 'rejected') throw settled.reason;
      const { value } = settled;
      curves[cohort[place]!.point]!.push(
        value.state === 'trained' ? value.curve.map(({ validationScore }) => validationScore) : null,
      );
    }
    process.stderr.write(`${name}: cohort ${index + 1} of ${cohorts.length}\n`);
  }
  disposeTrialContext(context);
  return curves.map(meanCurve);
}

async function record(definition: Definition): Promise<void> {
  const { name, cells, seeds } = definition;
  const parts = await Promise.all(
    Array.from(
      { length: PROCESSES },
      (_, first) =>
        new Promise<readonly Curve[]>((resolve, reject) => {
          const child = fork(fileURLToPath(import.meta.url), ['--part', name, String(first)]);
          child.once('message', (curves) => resolve(curves as readonly Curve[]));
          child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
        }),
    ),
  );
  const { experiment, registries } = await read(name);
  const { key, metric } = primaryMetric(experiment, registries);
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const landscape: LandscapeRecord = {
    ...{ name, metric: key, direction: metric.direction, seeds },
    ...{ space: experiment.space, cells, scale: SCALE },
    curves: Array.from(
      { length: size },
      (_, index) => parts[index % PROCESSES]![Math.floor(index / PROCESSES)]!,
    ),
  };
  mkdirSync(landscapeFolder, { recursive: true });
  writeFileSync(`${landscapeFolder}${name}.json`, `${JSON.stringify(landscape)}\n`);
}

const argv = process.argv.slice(2);
if (argv[0] === '--part') {
  const definition = LANDSCAPES.find(({ name }) => name === argv[1])!;
  process.send!(await train(definition, Number(argv[2])));
  process.disconnect();
} else {
  const unknown = argv.filter((asked) => !LANDSCAPES.some(({ name }) => name === asked));
  if (unknown.length > 0) throw new Error(`unknown landscape: ${unknown.join(', ')}`);
  for (const definition of LANDSCAPES) {
    if (argv.length === 0 || argv.includes(definition.name)) await record(definition);
  }
}
