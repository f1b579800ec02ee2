import { sha256 } from '../../src/core/json.js';
import { useBackend } from '../../src/tensor/index.js';
import { runTrial } from '../../src/trial/run-trial.js';
import { CANDIDATES, jobFor, toyContext } from './trials.js';

// Run as a process of its own by resume.test.ts: prints a hash of everything that some trials give.
await useBackend('wasm');
const outcomes = [];
for (const { heads, candidate } of CANDIDATES) {
  const context = toyContext(heads === undefined ? {} : { heads });
  outcomes.push(await runTrial(jobFor(candidate, { keepCheckpoint: true, keepPredictions: true }), context));
}
process.stdout.write(`${sha256(JSON.stringify(outcomes))}\n`);
