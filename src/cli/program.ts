import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { TraceOptions } from './commands/trace.js';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { WorkersAhead } from '../executor/workers-ahead.js';
import { VERSION } from '../core/version.js';
import { LIST_KINDS, type ListKind } from './list-kinds.js';
import type { RunOptions } from './run-options.js';

/** Backends as `--backend` takes them; spelled out here so that help loads no tensor library. */
const BACKENDS = ['auto', 'tensorflow', 'wasm', 'cpu'];
const FORMATS = ['table', 'csv', 'json', 'markdown'] as const;
const IMPORTANCE_FORMATS = ['table', 'csv', 'json'] as const;
/** As the registry has them, which is not loaded for help. */
const IMPORTANCE_EVALUATORS = ['ped-anova', 'fanova'];
/** Seeds are part of key paths; any whole number that JavaScript holds exactly will do. */
const LARGEST = Number.MAX_SAFE_INTEGER;
/** As the schema of experiment files has it, which is not loaded for help. */
const MOST_TRIALS = 1_000_000;

function wholeNumber(lowest: number, highest = LARGEST): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < lowest || value > highest) {
      const limit = highest === LARGEST && value <= highest ? '' : ` and at most ${highest}`;
      throw new InvalidArgumentError(`Expected a whole number, at least ${lowest}${limit}.`);
    }
    return value;
  };
}

function withRunOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'where data files are; else LOSSMITH_DATA, else ./data')
    .option('--workers <count>', 'trials that train at the same time (default: all cores)', wholeNumber(1))
    .addOption(new Option('--backend <name>', 'TensorFlow.js backend').choices(BACKENDS).default('auto'))
    .option('--json', 'print the result as JSON, and nothing else, to standard output')
    .option('--quiet', 'no progress; print the verdict alone');
}

/** What commander says of a mistake, its suggestion on the same line. */
const oneLine = (text: string): string =>
  text.replace(/^error: /, '').replace(/\n\(Did you mean (.+)\?\)/, '; did you mean $1?');

/** Nobody knows yet how many a study will need; the others are forked when they are. */
const MOST_AHEAD = 4;

/** Workers start before this process has loaded what it needs itself: they take as long for it. */
async function forkWorkers(file: string, { workers }: RunOptions): Promise<WorkersAhead> {
  const { forkAhead } = await import('../executor/workers-ahead.js');
  const { WORKER } = await import('../run/worker-entry.js');
  const cores = availableParallelism();
  return forkAhead(WORKER, existsSync(file) ? Math.min(workers ?? cores, cores, MOST_AHEAD) : 0);
}

/**
 * The command line. Every action imports what it needs when it runs: `--help` loads this file and commander.
 */
export function createProgram(): Command {
  const program = new Command('lossmith')
    .description('Give it a task, and it finds the loss.')
    .version(VERSION, '-v, --version')
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ outputError: (text, write) => write(`lossmith: ${oneLine(text)}`) });

  withRunOptions(
    program
      .command('search')
      .description('search a loss for the task of an experiment file')
      .argument('<file>', 'experiment file (YAML)'),
  )
    .option('--results <folder>', 'folder that gets <study>/', 'results')
    .option('--engine <name>', 'engine that trains (default: as the experiment says)')
    .option('--seed <number>', 'seed of the study (default: as the experiment says)', wholeNumber(0))
    .option(
      '--trials <count>',
      'trials of the search (default: as the experiment says)',
      wholeNumber(1, MOST_TRIALS),
    )
    .action(async (file: string, options: RunOptions) => {
      const ahead = await forkWorkers(file, options);
      await (await import('./commands/search.js')).searchCommand(file, options, ahead);
    });

  withRunOptions(
    program
      .command('evaluate')
      .description('train and test a given loss, without a search')
      .argument('<file>', 'experiment file (YAML) with a candidate'),
  )
    .option(
      '--loss <file>',
      'the loss to evaluate: best-loss.json of a study, or a candidate as JSON or YAML',
    )
    .option('--results <folder>', 'folder that gets <study>/', 'results')
    .option('--engine <name>', 'engine that trains (default: as the experiment says)')
    .option('--seed <number>', 'seed of the study (default: as the experiment says)', wholeNumber(0))
    .action(async (file: string, options: RunOptions & { loss?: string }) => {
      const ahead = await forkWorkers(file, options);
      await (await import('./commands/evaluate.js')).evaluateCommand(file, options, ahead);
    });

  withRunOptions(
    program
      .command('resume')
      .description('go on with a study that was interrupted; write the files of a finished one again')
      .argument('<folder>', 'folder of the study'),
  ).action(async (folder: string, options: RunOptions) => {
    await (await import('./commands/resume.js')).resumeCommand(folder, options);
  });

  program
    .command('leaderboard')
    .description('rank the candidates of studies; studies on the same split share a table')
    .argument('<folders...>', 'folders of studies')
    .addOption(new Option('--format <name>', 'output').choices(FORMATS).default('table'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .action(async (folders: string[], options: { format: (typeof FORMATS)[number]; json?: boolean }) => {
      const format = options.json === true ? 'json' : options.format;
      await (await import('./commands/leaderboard.js')).leaderboardCommand(folders, format);
    });

  program
    .command('importance')
    .description('say how much each parameter of the searched space mattered')
    .argument('<folder>', 'folder of a study')
    .addOption(
      new Option('--evaluator <name>', 'how it is measured')
        .choices(IMPORTANCE_EVALUATORS)
        .default('ped-anova'),
    )
    .addOption(new Option('--format <name>', 'output').choices(IMPORTANCE_FORMATS).default('table'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .action(
      async (
        folder: string,
        options: { evaluator: string; format: (typeof IMPORTANCE_FORMATS)[number]; json?: boolean },
      ) => {
        const format = options.json === true ? 'json' : options.format;
        await (await import('./commands/importance.js')).importanceCommand(folder, options.evaluator, format);
      },
    );

  program
    .command('report')
    .description('write report.html of a study')
    .argument('<folder>', 'folder of the study')
    .option('--out <file>', 'where to (default: report.html in the folder)')
    .action(async (folder: string, options: { out?: string }) => {
      await (await import('./commands/report.js')).reportCommand(folder, options);
    });

  program
    .command('validate')
    .description('check an experiment or space file and its data; write nothing')
    .argument('<file>', 'experiment or space file (YAML)')
    .option('--data <folder>', 'where data files are; else LOSSMITH_DATA, else ./data')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: { data?: string; json?: boolean }) => {
      await (await import('./commands/validate.js')).validateCommand(file, options);
    });

  program
    .command('trace')
    .description('show the training step as the compiled engine sees it, before and after each pass')
    .argument('<file>', 'experiment file (YAML)')
    .option('--loss <file>', 'the loss: best-loss.json, or a candidate (default: the plain loss of the task)')
    .option('--data <folder>', 'where data files are; else LOSSMITH_DATA, else ./data')
    .option('--check', 'train 1 and 20 steps with both engines and compare; exit code 1 where they differ')
    .option('--summary', 'node counts and estimated work of each pass only')
    .option('--json', 'print as JSON')
    .action(async (file: string, options: TraceOptions) => {
      await (await import('./commands/trace.js')).traceCommand(file, options);
    });

  program
    .command('list')
    .description(`what there is: ${LIST_KINDS.join(', ')}`)
    .addArgument(program.createArgument('<kind>').choices(LIST_KINDS))
    .argument('[name]', 'one of them: its options, with values and defaults')
    .option('--json', 'print as JSON')
    .action(async (kind: ListKind, name: string | undefined, options: { json?: boolean }) => {
      await (await import('./commands/list.js')).listCommand(kind, name, options);
    });

  program
    .command('schema')
    .description('print the JSON Schema of experiment or space files, for editors')
    .addArgument(program.createArgument('<kind>').choices(['experiment', 'space']))
    .action(async (kind: 'experiment' | 'space') => {
      (await import('./commands/schema.js')).schemaCommand(kind);
    });

  program
    .command('doctor')
    .description('what this machine has, with advice')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => {
      await (await import('./commands/doctor.js')).doctorCommand(options);
    });

  return program;
}
