// A process of the bench that measures one thing, with the collector of garbage at hand.
import { measureProposals } from './proposal-cost.js';
import { measureStudy } from './study-load.js';

const [what, argument] = process.argv.slice(2);
const result =
  what === 'study'
    ? measureStudy(Number(argument), (globalThis as unknown as { gc: () => void }).gc)
    : measureProposals(argument!);
process.stdout.write(JSON.stringify(result ?? null));
