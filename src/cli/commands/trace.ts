import { traceReport, type TraceStage } from '../../engine/compiled/trace-report.js';
import { UserError } from '../../core/errors.js';
import { parseYaml } from '../../core/yaml-file.js';
import type { EngineProblem } from '../../engine/engine.js';
import { buildLoss } from '../../losses/build-loss.js';
import { plainLossSpec } from '../../losses/plain-loss-spec.js';
import { WrongShape } from '../../losses/wrong-shape.js';
import { loadExperiment } from '../../study/load-experiment.js';
import { readTextFile } from '../../study/read-text-file.js';
import { trainingSetup } from '../../study/training-setup.js';
import { useBackend } from '../../tensor/index.js';
import { compareEngines } from '../../trial/compare-engines.js';
import { dataFolders } from '../data-folders.js';

export interface TraceOptions {
  readonly loss?: string;
  readonly data?: string;
  readonly check?: boolean;
  readonly summary?: boolean;
  readonly json?: boolean;
}

/** An experiment of either kind: with a space, or with a candidate. */
async function loadEither(file: string, { data, loss }: TraceOptions) {
  const folders = dataFolders(data, process.env);
  if (loss !== undefined) return loadExperiment(file, folders, 'evaluate', { loss });
  const keys = parseYaml(readTextFile(file), file).value as { readonly candidate?: unknown } | null;
  return loadExperiment(file, folders, keys?.candidate === undefined ? 'search' : 'evaluate');
}

/** The trace of a step. @throws UserError `candidate` where the loss does not give one value per sample */
async function report(problem: EngineProblem): Promise<readonly TraceStage[]> {
  try {
    return await traceReport(problem);
  } catch (error) {
    if (!(error instanceof WrongShape)) throw error;
    throw new UserError(
      { code: 'candidate', message: error.message, place: { path: 'loss' } },
      { cause: error },
    );
  }
}

/** `lossmith trace FILE`: the training step as the compiled engine sees it, before and after each pass. */
export async function traceCommand(file: string, options: TraceOptions): Promise<void> {
  const { experiment, registries, data } = await loadEither(file, options);
  const setup = trainingSetup(experiment, registries);
  const { candidate } = experiment;
  // The step of any candidate will do: the plain loss where none is named.
  const loss = candidate?.loss ?? plainLossSpec(data.heads, experiment.plainLoss);
  await useBackend('auto');
  const stages = await report({
    data,
    model: registries.models.get(setup.model.name),
    modelOptions: setup.model.options,
    optimizer: setup.optimizer,
    loss: buildLoss(loss, data.heads, registries.losses),
    batchSize: setup.batchSize,
    reduction: setup.reduction,
  });
  const check =
    options.check === true
      ? await compareEngines(
          {
            ...{ data, setup, registries, candidate: candidate ?? { loss } },
            tell: (note) => process.stderr.write(`lossmith: ${note}\n`),
          },
          registries.engines.get('compiled'),
          registries.engines.get('eager'),
        )
      : undefined;
  if (check?.some(({ agrees }) => !agrees) === true) process.exitCode = 1;
  if (options.json === true) {
    const result = check === undefined ? stages : { stages, check };
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  if (options.summary !== true) {
    for (const { pass, text } of stages) process.stdout.write(`# ${pass}\n${text}\n\n`);
  }
  for (const { pass, nodes, flops } of stages) {
    const cost = `${(flops / 1e6).toFixed(3)} MFLOP a member and step`;
    process.stdout.write(`${pass.padEnd(10)} ${String(nodes).padStart(5)} nodes  ${cost}\n`);
  }
  for (const { steps, difference, agrees } of check ?? []) {
    const verdict = agrees ? 'agrees with eager' : 'DIFFERS from eager';
    const after = `after ${steps} ${steps === 1 ? 'step' : 'steps'}`;
    process.stdout.write(`${verdict} ${after}: largest relative difference ${difference.toExponential(1)}\n`);
  }
}
