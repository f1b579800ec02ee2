import { parseYaml } from '../../core/yaml-file.js';
import { spaceFrom } from '../../space/create-space.js';
import type { Space } from '../../space/space.js';
import { fewSeedsNote } from '../../study/few-seeds.js';
import { loadExperiment } from '../../study/load-experiment.js';
import { isSpaceFile } from '../../study/refuse-space-file.js';
import { planUnits } from '../../study/plan-units.js';
import { readTextFile } from '../../study/read-text-file.js';
import { experimentHash } from '../../study/experiment.js';
import { PARTS } from '../../problem/part.js';
import { dataFolders } from '../data-folders.js';
import { spaceOptions } from '../member-options.js';

/** `lossmith validate FILE`: an experiment (with its data) or a space; writes nothing. */
export async function validateCommand(
  file: string,
  options: { readonly data?: string; readonly json?: boolean },
): Promise<void> {
  const document = parseYaml(readTextFile(file), file);
  const whole = document.value;
  const keys = typeof whole === 'object' && whole !== null ? Object.keys(whole) : [];
  const facts = isSpaceFile(document)
    ? spaceFacts(spaceFrom(whole, document.locate))
    : await experimentFacts(file, keys, options.data);
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return;
  }
  const lines = Object.entries(facts).map(
    ([key, value]) => `${key}: ${Array.isArray(value) ? value.join('; ') : String(value)}`,
  );
  process.stdout.write(`${file} is valid\n${lines.join('\n')}\n`);
}

type Facts = Readonly<Record<string, string | number | readonly string[]>>;

function spaceFacts(space: Space): Facts {
  return {
    space: space.name,
    hash: space.hash,
    dimensions: space.dimensions,
    entries: spaceOptions(space).map(({ name, values }) => `${name} (${values})`),
    'not checked':
      'names and ranges of losses, which hang on the task: validate an experiment with this space',
  };
}

async function experimentFacts(
  file: string,
  keys: readonly string[],
  data: string | undefined,
): Promise<Facts> {
  const mode = keys.includes('candidate') && !keys.includes('space') ? 'evaluate' : 'search';
  const loaded = await loadExperiment(file, dataFolders(data, process.env), mode);
  const { experiment } = loaded;
  const fewSeeds = fewSeedsNote(experiment);
  return {
    experiment: experiment.name,
    hash: experimentHash(experiment),
    split: loaded.data.splitHash,
    task: experiment.task.name,
    notes: loaded.data.notes,
    heads: loaded.data.heads.map(({ name, kind, outputs }) => `${name} (${kind}, ${outputs})`),
    parts: PARTS.map((part) => `${part} ${loaded.data.parts[part].length}`),
    metrics: experiment.metrics.map(({ key }) => key),
    'planned training steps':
      (planUnits(experiment, loaded.data.heads, loaded.registries) * experiment.training.steps) /
      experiment.training.evaluations,
    ...(fewSeeds === undefined ? {} : { advice: fewSeeds }),
  };
}
