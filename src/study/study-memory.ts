import { canonicalJson, type Json } from '../core/json.js';
import { UserError } from '../core/errors.js';
import type { Journal, JournalReader } from '../journal/journal.js';
import type { JournalEvent } from '../journal/journal-event.js';
import type { ProbeResult } from './probe-result.js';
import { stateFromJson, stateToJson } from './outcome-json.js';
import { pieceFromJson, pieceToJson, type PieceResult } from './piece-result.js';
import type { Stage, TrialRecord, TrialRequest, TrialState } from './trial-record.js';

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
  rememberPiece(
    trial: number,
    fidelity: number,
    result: PieceResult,
    durationMs: number,
    blobs: Parameters<Journal['append']>[1],
  ): void;
  tell(records: readonly TrialRecord[]): void;
  openStage(stage: Stage): void;
  verdict(): Json | undefined;
  rememberVerdict(data: Json): void;
}

export function createStudyMemory(journal: Journal): StudyMemory {
  const asked = new Map<number, Json>();
  const probed = new Map<number, ProbeResult>();
  const pieces = new Map<string, PieceResult>();
  const told = new Map<number, Json>();
  const stages = new Set<Stage>();
  let verdict: Json | undefined;

  const learn = (event: JournalEvent): void => {
    switch (event.kind) {
      case 'asked':
        asked.set(event.trial, event.data);
        break;
      case 'probed':
        probed.set(event.trial, event.data as unknown as ProbeResult);
        break;
      case 'trained':
        pieces.set(`${event.trial}@${event.fidelity}`, pieceFromJson(event.data));
        break;
      case 'told':
        told.set(event.trial, event.data);
        break;
      case 'stage':
        stages.add(event.stage);
        break;
      case 'verdict':
        verdict = event.data;
        break;
      case 'study':
      case 'session':
        break;
    }
  };
  for (const { event } of journal.entries()) learn(event);
  const append = (events: readonly JournalEvent[], blobs?: Parameters<Journal['append']>[1]): void => {
    if (events.length === 0) return;
    journal.append(events, blobs);
    events.forEach(learn);
  };

  return {
    ask: (requests) => {
      const fresh: JournalEvent[] = [];
      for (const request of requests) {
        const data = { ...request } as unknown as Json;
        agree(asked.get(request.trial), data, `trial ${request.trial}`);
        if (!asked.has(request.trial)) fresh.push({ kind: 'asked', trial: request.trial, data });
      }
      append(fresh);
    },
    probe: (trial) => probed.get(trial),
    rememberProbe: (trial, outcome, durationMs) => {
      append([{ kind: 'probed', trial, data: { ...outcome }, durationMs }]);
    },
    piece: (trial, fidelity) => pieces.get(`${trial}@${fidelity}`),
    rememberPiece: (trial, fidelity, result, durationMs, blobs) => {
      append([{ kind: 'trained', trial, fidelity, data: pieceToJson(result), durationMs }], blobs);
    },
    tell: (records) => {
      const fresh: JournalEvent[] = [];
      for (const { trial, outcome } of records) {
        const data = stateToJson(outcome);
        agree(told.get(trial), data, `the result of trial ${trial}`);
        if (!told.has(trial)) fresh.push({ kind: 'told', trial, data });
      }
      append(fresh);
    },
    openStage: (stage) => {
      if (!stages.has(stage)) append([{ kind: 'stage', stage }]);
    },
    verdict: () => verdict,
    rememberVerdict: (data) => {
      agree(verdict, data, 'the verdict');
      if (verdict === undefined) append([{ kind: 'verdict', data }]);
    },
  };
}

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
