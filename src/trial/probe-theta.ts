import { canonicalParameter } from '../candidate/canonical-candidate.js';
import type { Registry } from '../core/registry.js';
import type { ThetaSlot } from '../losses/built-loss.js';
import { compileParameter, INITIAL_STATE } from '../schedules/compile-parameter.js';
import { stagnantState } from '../schedules/sample-parameter.js';
import type { AnySchedule } from '../schedules/schedule.js';

/** Progress at which a loss with schedules is probed. */
export const PROBE_PROGRESS = [0, 0.5, 1] as const;

/** Evaluations without improvement that a schedule of training state has seen at progress 1. */
const STAGNANT_EVALUATIONS = 100;
const GRID = 100;

/** θ of a candidate as a probe sees it. */
export interface ProbeTheta {
  /** False where every slot keeps its value: one look is enough. */
  readonly moves: boolean;
  /** Path of a slot whose schedule is not finite somewhere. */
  readonly notFinite?: string;
  /** Values of every slot at a progress, in order. */
  readonly at: (progress: number) => readonly (readonly number[])[];
  /** What {@link PROBE_PROGRESS} cannot show, as canonical data: the way between, and schedules of state. */
  readonly unseen: readonly unknown[];
}

/** @throws UserError `candidate` for schedules that do not exist or have wrong options */
export function probeTheta(slots: readonly ThetaSlot[], schedules: Registry<AnySchedule>): ProbeTheta {
  const compiled = slots.map((slot) => compileSlot(slot, schedules));
  const broken = compiled.findIndex(({ finite }) => !finite);
  return {
    ...(broken === -1 ? {} : { notFinite: slots[broken]!.path }),
    moves: compiled.some(({ moves }) => moves),
    at: (progress) => compiled.map(({ at }) => at(progress)),
    unseen: compiled.flatMap(({ unseen }) => (unseen === undefined ? [] : [unseen])),
  };
}

interface CompiledSlot {
  readonly finite: boolean;
  readonly moves: boolean;
  readonly unseen?: unknown;
  readonly at: (progress: number) => readonly number[];
}

function compileSlot({ path, source }: ThetaSlot, schedules: Registry<AnySchedule>): CompiledSlot {
  // The weights of dynamic weight average are 1 before there is anything to average.
  if (source.kind === 'dynamic-weight-average') return { finite: true, moves: false, at: () => [1] };
  const { driver, valueAt } = compileParameter(source.spec, schedules, path);
  const at = (progress: number): readonly number[] => {
    const state =
      driver === 'state' ? stagnantState(Math.round(progress * STAGNANT_EVALUATIONS)) : INITIAL_STATE;
    const value = valueAt(progress, state);
    return typeof value === 'number' ? [value] : value;
  };
  if (driver === 'constant') return { finite: true, moves: false, at };
  const way = Array.from({ length: GRID + 1 }, (_, index) => at(index / GRID)[0]!);
  const finite = way.every(Number.isFinite);
  if (driver === 'state') {
    return { finite, moves: true, at, unseen: { path, spec: canonicalParameter(source.spec) } };
  }
  const span = Math.max(...way) - Math.min(...way);
  if (span === 0) return { finite, moves: false, at };
  // The three looks fix where it begins and ends, so only the shape of the way matters here.
  const shape = way.map((value) => Math.round((100 * (value - way[0]!)) / span));
  return { finite, moves: true, at, unseen: { path, shape } };
}
