// A process of the bench: does one job after another.
import { runBbob, type BbobJob, type BbobResult } from './bbob-run.js';
import { runLandscape, type LandscapeJob, type LandscapeResult } from './landscape-run.js';
import { runTable, type TableJob, type TableResult } from './table-run.js';

type Job = BbobJob | TableJob | LandscapeJob;

function run(job: Job): BbobResult | TableResult | LandscapeResult {
  switch (job.kind) {
    case 'bbob':
      return runBbob(job);
    case 'table':
      return runTable(job);
    case 'landscape':
      return runLandscape(job);
  }
}

process.on('message', (job) => process.send!(run(job as Job)));
