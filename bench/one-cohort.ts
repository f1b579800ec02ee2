import { compiled } from '../src/engine/compiled.js';
import { useBackend } from '../src/tensor/index.js';
import { MLP } from './cases.js';
import { benchMembers, benchProblem, timeChunk } from './problems.js';

/** Trains a cohort of as many members as the argument says for two seconds; prints microseconds per member and step. */
await useBackend('wasm');
const problem = benchProblem(MLP);
const session = await compiled.prepare(problem);
const members = benchMembers(problem, Number(process.argv[2]), 30);
const times: number[] = [];
for (const begin = performance.now(); performance.now() - begin < 2000;) {
  times.push(await timeChunk(session, members));
}
const [, ...warm] = times;
process.stdout.write(`${warm.sort((a, b) => a - b)[Math.floor(warm.length / 2)]}\n`);
session.dispose();
