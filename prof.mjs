import { loadExperiment } from './dist/study/load-experiment.js';
import { createTrialContext } from './dist/trial/trial-context.js';
import { runCohort } from './dist/trial/run-cohort.js';
import { trainingSetup } from './dist/study/training-setup.js';
import { useBackend } from './dist/tensor/index.js';
import { spaceFrom } from './dist/space/create-space.js';
import { stream } from './dist/core/random.js';
await useBackend('wasm');
const { experiment, registries, data } = await loadExperiment('/tmp/bm/bench-mam.yaml', ['/work/shared/data'], 'search', {});
const context = createTrialContext({ data, setup: trainingSetup(experiment, registries), registries, engine: registries.engines.get('compiled') });
const space = spaceFrom(experiment.space); const r = stream('x');
const jobs = Array.from({ length: 64 }, () => ({ candidate: space.build(space.decode([r.uniform(), r.uniform(), r.uniform()])), seed: 's', fidelity: 20, part: 'validation', keepPredictions: false, keepCheckpoint: false }));
for (let i = 0; i < 2; i++) { const t = performance.now(); const out = await runCohort(jobs, context); console.log('cohort', ((performance.now() - t) / 1000).toFixed(2), 's', out[0].metrics, (performance.now() - t) / 64 / 860 * 1000, 'us per trial-step'); }
