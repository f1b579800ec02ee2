// A process of the bench that measures one thing, with the collector of garbage at hand.
import { measureProposals } from './proposal-cost.js';
import { measureSearch } from './search-load.js';
import { measureStudy } from './study-load.js';

const collect = (globalThis as unknown as { gc: () => void }).gc;

async function measure(what: string, argument: string): Promise<unknown> {
  if (what === 'study') return measureStudy(Number(argument), collect);
  if (what === 'proposals') return measureProposals(argument);
  const [sampler, policy, trials] = argument.split(' ') as [string, string, string];
  return measureSearch({ sampler, policy, trials: Number(trials) }, collect);
}

const [what, argument] = process.argv.slice(2) as [string, string];
process.stdout.write(JSON.stringify((await measure(what, argument)) ?? null));
