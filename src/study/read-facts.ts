import { readStudy } from './open-study.js';
import { readStudyFacts, type StudyFacts } from './study-facts.js';

/** What the journal in a folder holds. @throws UserError `study` where the folder holds no study */
export function readFacts(folder: string): StudyFacts {
  const study = readStudy(folder);
  try {
    return readStudyFacts(study.journal, study.provenance);
  } finally {
    study.close();
  }
}
