import type { Candidate } from '../candidate/candidate.js';
import type { Registry } from '../core/registry.js';
import type { Engine } from '../engine/engine.js';
import { buildLoss } from '../losses/build-loss.js';
import type { BuiltLoss } from '../losses/built-loss.js';
import type { Loss } from '../losses/loss.js';
import { plainLossSpec } from '../losses/plain-loss-spec.js';
import type { Metric } from '../metrics/metric.js';
import type { AnyModel } from '../models/model.js';
import type { AnySchedule } from '../schedules/schedule.js';
import type { TaskData } from '../problem/task-data.js';

import { createSessionCache, type SessionCache } from './session-cache.js';
import type { TrainingSetup } from './trial.js';

/** Where trials look up what their candidates and settings name. */
export interface TrialRegistries {
  readonly losses: Registry<Loss>;
  readonly schedules: Registry<AnySchedule>;
  readonly models: Registry<AnyModel>;
  readonly metrics: Registry<Metric>;
}

/** What all trials of a study in one process share. */
export interface TrialContext {
  readonly data: TaskData;
  readonly setup: TrainingSetup;
  readonly registries: TrialRegistries;
  /** The plain loss of the task: the yardstick of every curve, and of every gradient norm. */
  readonly plain: { readonly candidate: Candidate; readonly loss: BuiltLoss };
  readonly sessions: SessionCache;
  /** What depends on the seed alone and not on the candidate, computed once: a pure function of its key. */
  readonly bySeed: {
    /** Gradient norms of the plain loss on the first batches. */
    readonly plainNorms: Map<string, Promise<Float32Array>>;
    /** Loss of each training sample after a short training with the plain loss; undefined: it diverged. */
    readonly referenceLosses: Map<string, Promise<Float32Array | undefined>>;
    /** Batches without a curriculum, by seed and first step; only the latest few. */
    readonly batches: Map<string, Int32Array>;
  };
}

/**
 * Sessions of an engine, and caches, for trials on one task with one setup.
 * @throws UserError `unknown-name` when the setup names a model or a plain loss that does not exist
 */
export function createTrialContext(parts: {
  readonly data: TaskData;
  readonly setup: TrainingSetup;
  readonly registries: TrialRegistries;
  readonly engine: Engine;
  /** Gets one line where an engine trains otherwise than asked. */
  readonly tell?: (note: string) => void;
}): TrialContext {
  const { data, setup, registries, engine } = parts;
  const candidate = { loss: plainLossSpec(data.heads, setup.plainLoss) };
  const model = registries.models.get(setup.model.name);
  return {
    data,
    setup,
    registries,
    plain: { candidate, loss: buildLoss(candidate.loss, data.heads, registries.losses) },
    sessions: createSessionCache(
      (loss) =>
        engine.prepare({
          data,
          model,
          modelOptions: setup.model.options,
          optimizer: setup.optimizer,
          loss,
          batchSize: setup.batchSize,
          reduction: setup.reduction,
        }),
      parts.tell,
    ),
    bySeed: { plainNorms: new Map(), referenceLosses: new Map(), batches: new Map() },
  };
}

/** Frees the sessions. No trial of the context may be running. */
export const disposeTrialContext = (context: TrialContext): void => context.sessions.dispose();

/** The value of a key, computed at the first call. A failure is not remembered. */
export function once<Value>(
  cache: Map<string, Promise<Value>>,
  key: string,
  compute: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = compute();
  cache.set(key, value);
  value.catch(() => cache.delete(key));
  return value;
}
