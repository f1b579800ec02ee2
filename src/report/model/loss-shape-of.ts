import type { Candidate, LossSpec, MultiTaskSpec } from '../../candidate/candidate.js';
import { buildLoss } from '../../losses/build-loss.js';
import type { BuiltLoss } from '../../losses/built-loss.js';
import type { Head } from '../../problem/head.js';
import {
  dispose,
  ops,
  read,
  scalar,
  tensorFrom,
  valueAndGradients,
  type Tensor,
} from '../../tensor/index.js';
import { probeTheta } from '../../trial/probe-theta.js';
import type { LossShape, LossShapeSeries } from '../found-loss-curves.js';
import { lossAxis, type LossAxis, type LossAxisRequest } from './loss-axis.js';
import { viewsOf, type View } from './loss-views.js';

/** The head is the primary metric's. */
export interface LossShapeRequest extends LossAxisRequest {
  readonly candidate: Candidate;
  readonly plainLoss: string;
  /** Training samples by class of the head. */
  readonly classCounts: Float32Array | undefined;
}

/** Points of the horizontal axis. */
const POINTS = 121;

/**
 * The found loss and the plain loss, and their gradients, as functions of margin or residual. The found loss is
 * scaled so that its steepest gradient at the start of training is the plain loss's: scale is learning rate.
 */
export function lossShapeOf(request: LossShapeRequest): LossShape {
  const { head, candidate, plainLoss } = request;
  const spec = headLoss(candidate.loss, head);
  const axis = lossAxis(request, spec);
  const found = curves(request, spec, axis);
  const plain = curves(request, { name: plainLoss }, axis);
  const steepest = (series: readonly LossShapeSeries[]): number =>
    Math.max(...series.flatMap(({ points }) => points.map(({ gradient }) => Math.abs(gradient))));
  const start = found.filter(({ progress }) => progress === undefined || progress === 0);
  const factor = steepest(plain) / steepest(start);
  const scale = Number.isFinite(factor) && factor > 0 ? factor : 1;
  return {
    axis: axis.label,
    series: [
      ...found.map((series) => ({
        ...series,
        name: `found${series.name}`,
        role: 'found' as const,
        points: series.points.map(({ x, value, gradient }) => ({
          x,
          value: value * scale,
          gradient: gradient * scale,
        })),
      })),
      ...plain.map((series) => ({
        ...series,
        name: `${plainLoss}${series.name}`,
        role: 'reference' as const,
      })),
    ],
  };
}

function headLoss(loss: LossSpec | MultiTaskSpec, head: Head): LossSpec {
  return 'heads' in loss ? loss.heads[head.name]! : loss;
}

/** Value and gradient at every x, for each view and, where θ moves, for τ = 0, ½ and 1. */
function curves(request: LossShapeRequest, spec: LossSpec, axis: LossAxis): readonly LossShapeSeries[] {
  const { head, losses, schedules } = request;
  const built = buildLoss(spec, [head], losses);
  const theta = probeTheta(built.slots, schedules);
  const views = viewsOf(head);
  const drawn = (theta.moves ? [0, 0.5, 1] : [undefined]).flatMap((progress) =>
    views.map((view): LossShapeSeries => ({
      name: view.suffix,
      role: 'found',
      ...(progress === undefined ? {} : { progress }),
      points: curve(request, built, axis, view, theta.at(progress ?? 0)),
    })),
  );
  // Losses that treat both classes alike need one curve.
  const alike = (a: LossShapeSeries, b: LossShapeSeries): boolean =>
    a.points.every(({ value }, index) => Math.abs(value - b.points[index]!.value) < 1e-5);
  const paired = drawn.every(
    (series, index) =>
      index % 2 === 1 || (drawn[index + 1] !== undefined && alike(series, drawn[index + 1]!)),
  );
  return views.length === 2 && paired
    ? drawn.filter((_, index) => index % 2 === 0).map((series) => ({ ...series, name: '' }))
    : drawn;
}

function curve(
  request: LossShapeRequest,
  built: BuiltLoss,
  { low, high }: LossAxis,
  view: View,
  theta: readonly (readonly number[])[],
): LossShapeSeries['points'] {
  const { head, classCounts } = request;
  const xs = Array.from({ length: POINTS }, (_, index) => low + ((high - low) * index) / (POINTS - 1));
  const shape = [POINTS, head.outputs];
  const prediction = tensorFrom(Float32Array.from(xs.flatMap(view.prediction)), shape);
  const target = tensorFrom(Float32Array.from(xs.flatMap(() => view.target)), shape);
  const slots = theta.map((values, index) =>
    built.slots[index]!.size === 1
      ? scalar(values[0]!)
      : tensorFrom(Float32Array.from(values), [values.length]),
  );
  const counts: Record<string, Tensor> =
    classCounts === undefined ? {} : { [head.name]: tensorFrom(classCounts, [classCounts.length]) };
  const perSample = (values: Tensor): Tensor =>
    built.perSample({
      predictions: { [head.name]: values },
      targets: { [head.name]: target },
      theta: slots,
      learned: {},
      classCounts: counts,
    }).total;
  const losses = perSample(prediction);
  const { value, gradients } = valueAndGradients((values) => ops.sum(perSample(values)), [prediction]);
  const values = read(losses);
  const slopes = read(gradients[0]!);
  dispose(prediction, target, losses, value, ...gradients, ...slots, ...Object.values(counts));
  return xs.map((x, index) => ({
    x,
    value: values[index]!,
    gradient: view.along.reduce(
      (sum, along, output) => sum + along * slopes[index * head.outputs + output]!,
      0,
    ),
  }));
}
