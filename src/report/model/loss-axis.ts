import type { LossSpec } from '../../candidate/candidate.js';
import type { Registry } from '../../core/registry.js';
import { lossParameters } from '../../losses/build-loss.js';
import type { Loss } from '../../losses/loss.js';
import type { Head } from '../../problem/head.js';
import { sampleParameter } from '../../schedules/sample-parameter.js';
import type { AnySchedule } from '../../schedules/schedule.js';

export interface LossAxisRequest {
  /** The head that is drawn. */
  readonly head: Head;
  /** Of the training targets by output of a regression head; undefined where not known. */
  readonly targetDeviations: readonly number[] | undefined;
  readonly losses: Registry<Loss>;
  readonly schedules: Registry<AnySchedule>;
}

/** The horizontal axis of the picture of a loss. */
export interface LossAxis {
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** Residuals that data have, in deviations of the targets. */
const RESIDUALS = 4;
/** So far the axis goes beyond the residual at which a loss changes its course. */
const BEYOND = 1.5;
/** A loss whose course changes further out than this many times what data have is drawn without the change. */
const FURTHEST = 25;

/**
 * Logit margins for classes, on one axis for all losses. Residuals as far as the data go (in standard units where the
 * deviation of the targets is not known), and beyond where the loss changes its course: a Huber loss is not to look
 * like the squared error.
 */
export function lossAxis(request: LossAxisRequest, spec: LossSpec): LossAxis {
  switch (request.head.kind) {
    case 'binary':
      return { label: 'margin: logit of the true class − logit of the other', low: -6, high: 6 };
    case 'multiclass':
      return { label: 'margin: logit of the true class − logit of each other class', low: -6, high: 6 };
    case 'regression': {
      const reach = residualReach(request, spec);
      return { label: 'residual: prediction − target', low: -reach, high: reach };
    }
  }
}

function residualReach(
  { head, targetDeviations = [], losses, schedules }: LossAxisRequest,
  spec: LossSpec,
): number {
  const deviation = Math.max(0, ...targetDeviations);
  const ofData = RESIDUALS * (deviation > 0 ? deviation : 1);
  const scales = lossParameters(spec, [head], losses).flatMap(({ unit, path, slot: { source } }) =>
    unit === 'target' && source.kind === 'parameter' ? sampleParameter(source.spec, schedules, path) : [],
  );
  return Math.min(Math.max(ofData, BEYOND * Math.max(0, ...scales)), FURTHEST * ofData);
}
