// Run by the conformance suite in a process of its own: prints what each sampler proposes, as JSON.
import { builtinSamplers } from '../../../src/search/registry.js';
import { ownHistory } from './scenario.js';

const [seed, trials] = process.argv.slice(2);
const proposals = builtinSamplers.members.map((sampler) => [
  sampler.name,
  ownHistory(sampler, seed!, Number(trials)).map(({ assignment }) => assignment),
]);
process.stdout.write(JSON.stringify(proposals));
