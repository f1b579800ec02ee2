// Runs experiments anew and records what they give: `npm run references [-- [--to FOLDER] EXPERIMENT…]`, by default all of
// them into results/reference. Their leaderboards are copied, and the table of the README there gets the verdicts from
// the journals. Data is looked for in LOSSMITH_DATA.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeCandidate } from '../src/candidate/describe-candidate.js';
import { readFacts } from '../src/study/read-facts.js';
import { withReferenceRows, type ReferenceRow } from './reference-table.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reference = join(root, 'results/reference');
const all = readdirSync(join(root, 'experiments'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace(/\.yaml$/, ''));

/** Runs one experiment with what the references are recorded with. Returns the folder of the study. */
function run(experiment: string, results: string): string {
  const file = join(root, 'experiments', `${experiment}.yaml`);
  const settings = ['--engine', 'compiled', '--backend', 'wasm', '--results', results, '--quiet'];
  const command = [join(root, 'bin/lossmith.cjs'), 'search', file, ...settings];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${experiment} ended with ${status}`);
  return join(results, experiment);
}

function rowOf(experiment: string, folder: string): ReferenceRow {
  const { verdict } = readFacts(folder);
  if (verdict === undefined) throw new Error(`${experiment} has no verdict`);
  const { sentence, winner } = verdict;
  return {
    ...{ experiment, verdict: sentence },
    found: winner === undefined ? '' : describeCandidate(winner.candidate),
  };
}

const { values, positionals } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });
const target = values.to === undefined ? reference : resolve(values.to);
const unknown = positionals.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}; there are ${all.join(', ')}`);
const wanted = positionals.length === 0 ? all : positionals;

const results = mkdtempSync(join(tmpdir(), 'lossmith-references-'));
try {
  const rows = wanted.map((experiment) => rowOf(experiment, run(experiment, results)));
  // Nothing is recorded unless all went well.
  for (const experiment of wanted) {
    mkdirSync(join(target, experiment), { recursive: true });
    const board = 'leaderboard.csv';
    copyFileSync(join(results, experiment, board), join(target, experiment, board));
  }
  const readme = join(target, 'README.md');
  const former = existsSync(readme) ? readme : join(reference, 'README.md');
  writeFileSync(readme, withReferenceRows(readFileSync(former, 'utf8'), rows));
} finally {
  rmSync(results, { recursive: true, force: true });
}
