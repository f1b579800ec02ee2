import type { JournalReader } from '../journal/journal.js';
import type { Provenance } from './provenance.js';
import { readRecords } from './study-memory.js';
import type { StudyVerdict } from './study-verdict.js';
import type { TrialRecord } from './trial-record.js';

/** A study as its journal tells it; the verdict is absent until the test stage is done. */
export interface StudyFacts {
  readonly provenance: Provenance;
  readonly records: readonly TrialRecord[];
  readonly verdict: StudyVerdict | undefined;
}

export function readStudyFacts(journal: JournalReader, provenance: Provenance): StudyFacts {
  const verdict = journal.event({ kind: 'verdict' })?.data;
  return {
    provenance,
    records: readRecords(journal),
    verdict: verdict as unknown as StudyVerdict | undefined,
  };
}
