import type { Json } from '../core/json.js';

/** The study: its experiment as resolved, and what results depend on besides. Always the first event. */
export interface StudyEvent {
  readonly kind: 'study';
  readonly format: number;
  readonly data: Json;
}

/** A process began or ended its work on the study. */
export interface SessionEvent {
  readonly kind: 'session';
  readonly change: 'started' | 'resumed' | 'interrupted' | 'finished';
  readonly data: Json;
}

/** The study moved on to a stage; the test stage opens once. */
export interface StageEvent {
  readonly kind: 'stage';
  readonly stage: 'search' | 'selection' | 'test';
}

/** A trial was asked for. */
export interface AskedEvent {
  readonly kind: 'asked';
  readonly trial: number;
  readonly data: Json;
}

/** The cheap check of a candidate answered. */
export interface ProbedEvent {
  readonly kind: 'probed';
  readonly trial: number;
  readonly data: Json;
  readonly durationMs: number;
}

/** A piece of training of a trial ended, well or not. */
export interface TrainedEvent {
  readonly kind: 'trained';
  readonly trial: number;
  readonly fidelity: number;
  readonly data: Json;
  readonly durationMs: number;
}

/** The fate of a trial is settled; the sampler is told. */
export interface ToldEvent {
  readonly kind: 'told';
  readonly trial: number;
  readonly data: Json;
}

/** The result of the test stage: comparisons and verdict. */
export interface VerdictEvent {
  readonly kind: 'verdict';
  readonly data: Json;
}

export type JournalEvent =
  StudyEvent | SessionEvent | StageEvent | AskedEvent | ProbedEvent | TrainedEvent | ToldEvent | VerdictEvent;

/** Version of the journal's format; a journal of another format is refused. */
export const JOURNAL_FORMAT = 2;
