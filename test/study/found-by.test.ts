import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { parseYaml } from '../../src/core/yaml-file.js';
import { experimentHash, type Experiment } from '../../src/study/experiment.js';
import { readFoundBy, withSeenTest, type FoundBy } from '../../src/study/found-by.js';
import type { StudyVerdict } from '../../src/study/study-verdict.js';

const foundBy: FoundBy = {
  study: 'quickstart',
  experimentHash: 'e1',
  splitHash: 's1',
  verdict: 'p = 0.0098 corrected for 8 comparisons (Holm); 22 candidates searched.',
};
const candidate = { loss: { name: 'focal' } };
const verdict = {
  outcome: 'gain',
  sentence: 'p = 0.0014.',
  winner: { candidate, candidateHash: 'c' },
  comparisons: [],
  judged: { kind: 'gain', sentence: 'p = 0.0014.' },
} as unknown as StudyVerdict;

const read = (content: unknown): FoundBy | undefined =>
  readFoundBy(parseYaml(JSON.stringify(content), 'best-loss.json'));

describe('the verdict on a loss that a search found', () => {
  it('on the same split says that the test part was seen, and which verdict counts', () => {
    const { sentence, judged, testSeenBy, outcome } = withSeenTest(verdict, foundBy, 's1');
    expect(sentence).toBe(
      'p = 0.0014. This test part has been seen: the study "quickstart" (experiment e1) found this loss on the same ' +
        'split, and the verdict that counts, with its correction, is that of the study: ' +
        '"p = 0.0098 corrected for 8 comparisons (Holm); 22 candidates searched."',
    );
    expect(judged!.sentence).toBe(sentence);
    expect(testSeenBy).toEqual(foundBy);
    expect(outcome).toBe('gain');
  });

  it('is as any other on another split, where nobody says who found it, and where nothing was tested', () => {
    expect(withSeenTest(verdict, foundBy, 's2')).toBe(verdict);
    expect(withSeenTest(verdict, undefined, 's1')).toBe(verdict);
    const { winner: _winner, ...untested } = verdict;
    expect(withSeenTest(untested, foundBy, 's1')).toBe(untested);
  });
});

it('who found a loss changes no hash: nothing of the training depends on it', () => {
  const experiment = { name: 'x', mode: 'evaluate', candidate, seed: 1 } as unknown as Experiment;
  expect(experimentHash({ ...experiment, foundBy })).toBe(experimentHash(experiment));
  expect(experimentHash({ ...experiment, seed: 2 })).not.toBe(experimentHash(experiment));
});

describe('the file of a loss', () => {
  const { study, ...rest } = foundBy;
  const ofSearch = { candidate, ...rest, experiment: study };

  it('names the search that wrote it, or that its evaluation was told of', () => {
    expect(read(ofSearch)).toEqual(foundBy);
    const ofEvaluation = { ...ofSearch, experiment: 'quickstart-evaluation', verdict: 'p = 0.0014.' };
    expect(read({ ...ofEvaluation, foundBy })).toEqual(foundBy);
    expect(read({ ...ofEvaluation, foundBy: null })).toBeUndefined();
  });

  it('names none where it was written by hand', () => {
    expect(read({ candidate })).toBeUndefined();
    expect(read(candidate)).toBeUndefined();
    expect(read({ ...ofSearch, verdict: 3 })).toBeUndefined();
  });

  it('gives no control characters to the terminal', () => {
    expect(read({ ...ofSearch, verdict: 'a\u001b[2Jb\nc' })!.verdict).toBe('a\ufffd[2Jb\ufffdc');
  });

  it('is refused at the place where it names something else', () => {
    expect(() => read({ ...ofSearch, foundBy: { study: 3 } })).toThrow(UserError);
  });
});
