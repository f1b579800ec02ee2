// Judges every sampler of the registry: `npm run bench:samplers [-- --part bbob|tables|landscapes|cost … --samplers a,b
// --seeds n --quick --to FOLDER --keep FOLDER --workers n]`. Writes CSVs and pictures; see docs/samplers.md, "How they compare".
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderUserError, UserError } from '../src/core/errors.js';
import { bbobPart } from './samplers/bbob-part.js';
import { costPart } from './samplers/cost-part.js';
import { landscapesPart } from './samplers/landscapes-part.js';
import type { PartRun } from './samplers/parts.js';
import { readSettings, type PartName } from './samplers/settings.js';
import { tablesPart } from './samplers/tables-part.js';

const RUN: Readonly<Record<PartName, (run: PartRun) => Promise<void>>> = {
  cost: costPart,
  tables: tablesPart,
  landscapes: landscapesPart,
  bbob: bbobPart,
};

try {
  const settings = readSettings(process.argv.slice(2));
  const reference = fileURLToPath(new URL('../results/reference/samplers/', import.meta.url));
  const folder =
    settings.to ?? (settings.quick ? mkdtempSync(path.join(tmpdir(), 'lossmith-samplers-')) : reference);
  const dataFolder =
    process.env['LOSSMITH_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url));
  const print = (line: string): void => void process.stdout.write(line);
  for (const [name, part] of Object.entries(RUN)) {
    if (settings.parts.includes(name as PartName)) await part({ settings, dataFolder, folder, print });
  }
  print(`written to ${folder}\n`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${renderUserError(error)}\n`);
  process.exitCode = 2;
}
