import { canonicalJson, type Json } from '../core/json.js';
import { UserError } from '../core/errors.js';
import type { BlobEntry, EventKey, Journal, JournalReader } from '../journal/journal.js';
import type { AskedEvent, JournalEvent, SessionEvent, ToldEvent } from '../journal/journal-event.js';
import type { ProbeResult } from './probe-result.js';
import { stateFromJson, stateToJson } from './outcome-json.js';
import { pieceFromJson, pieceToJson, type PieceResult } from './piece-result.js';
import type { Stage, TrialRecord, TrialRequest, TrialState } from './trial-record.js';

/** A piece of training that ended, and what is kept of it. */
export interface EndedPiece {
  readonly trial: number;
  readonly fidelity: number;
  readonly result: PieceResult;
  readonly durationMs: number;
  readonly blobs: readonly BlobEntry[];
}

/**
 * What the journal remembers, by key. A study is a deterministic program that asks its memory first: where the
 * answer is there it is taken, else the work is done and remembered. So a resumed study is the same program, run
 * again from the start.
 */
export interface StudyMemory {
  /** Remembers that these trials were asked for. @throws UserError where the journal says they were other ones. */
  ask(requests: readonly TrialRequest[]): void;
  probe(trial: number): ProbeResult | undefined;
  rememberProbe(trial: number, outcome: ProbeResult, durationMs: number): void;
  piece(trial: number, fidelity: number): PieceResult | undefined;
  /** Remembers pieces that ended together: all of them or none. */
  rememberPieces(ended: readonly EndedPiece[]): void;
  tell(records: readonly TrialRecord[]): void;
  openStage(stage: Stage): void;
  verdict(): Json | undefined;
  rememberVerdict(data: Json): void;
}

/**
 * The memory of a study on its journal. It holds which events there are; what they say stays in the journal and is
 * read where it is asked for, so that a trial costs a few hundred bytes however long its curve is.
 */
export function createStudyMemory(journal: Journal): StudyMemory {
  const asked = new Set<number>();
  const probed = new Set<number>();
  const told = new Set<number>();
  const pieces = new Set<string>();

  const learn = (key: EventKey): void => {
    if (key.kind === 'asked') asked.add(key.trial);
    if (key.kind === 'probed') probed.add(key.trial);
    if (key.kind === 'trained') pieces.add(pieceKey(key.trial, key.fidelity));
    if (key.kind === 'told') told.add(key.trial);
  };
  for (const key of journal.trialKeys()) learn(key);
  const append = (
    events: readonly Exclude<JournalEvent, SessionEvent>[],
    blobs?: readonly BlobEntry[],
  ): void => {
    if (events.length === 0) return;
    journal.append(events, blobs);
    events.forEach(learn);
  };
  const verdict = (): Json | undefined => journal.event({ kind: 'verdict' })?.data;

  return {
    ask: (requests) => {
      append(
        requests.flatMap((request): readonly AskedEvent[] => {
          const { trial } = request;
          const data = { ...request } as unknown as Json;
          if (!asked.has(trial)) return [{ kind: 'asked', trial, data }];
          agree(journal.event({ kind: 'asked', trial })?.data, data, `trial ${trial}`);
          return [];
        }),
      );
    },
    probe: (trial) =>
      probed.has(trial)
        ? (journal.event({ kind: 'probed', trial })?.data as unknown as ProbeResult)
        : undefined,
    rememberProbe: (trial, outcome, durationMs) => {
      append([{ kind: 'probed', trial, data: { ...outcome }, durationMs }]);
    },
    piece: (trial, fidelity) => {
      if (!pieces.has(pieceKey(trial, fidelity))) return undefined;
      return pieceFromJson(journal.event({ kind: 'trained', trial, fidelity })!.data);
    },
    rememberPieces: (ended) => {
      append(
        ended.map(({ trial, fidelity, result, durationMs }) => ({
          ...{ kind: 'trained', trial, fidelity, data: pieceToJson(result), durationMs },
        })),
        ended.flatMap(({ blobs }) => blobs),
      );
    },
    tell: (records) => {
      append(
        records.flatMap(({ trial, outcome }): readonly ToldEvent[] => {
          const data = stateToJson(outcome);
          if (!told.has(trial)) return [{ kind: 'told', trial, data }];
          agree(journal.event({ kind: 'told', trial })?.data, data, `the result of trial ${trial}`);
          return [];
        }),
      );
    },
    openStage: (stage) => {
      if (journal.event({ kind: 'stage', stage }) === undefined) append([{ kind: 'stage', stage }]);
    },
    verdict,
    rememberVerdict: (data) => {
      const known = verdict();
      agree(known, data, 'the verdict');
      if (known === undefined) append([{ kind: 'verdict', data }]);
    },
  };
}

const pieceKey = (trial: number, fidelity: number): string => `${trial}@${fidelity}`;

/** A replay that departs from the journal would mix two studies: stop before anything is written. */
function agree(before: Json | undefined, now: Json, what: string): void {
  if (before === undefined || canonicalJson(before) === canonicalJson(now)) return;
  throw new UserError({
    code: 'study',
    message: `${what} comes out differently than in the journal; another version of Lossmith or of Node wrote it`,
  });
}

/** The settled trials that a journal holds, in trial order. */
export function readRecords(journal: JournalReader): readonly TrialRecord[] {
  const requests = new Map<number, TrialRequest>();
  const states = new Map<number, TrialState>();
  for (const { event } of journal.entries()) {
    if (event.kind === 'asked') requests.set(event.trial, event.data as unknown as TrialRequest);
    if (event.kind === 'told') states.set(event.trial, stateFromJson(event.data));
  }
  return [...requests.values()]
    .flatMap((request) => {
      const outcome = states.get(request.trial);
      return outcome === undefined ? [] : [{ ...request, outcome }];
    })
    .sort((a, b) => a.trial - b.trial);
}
