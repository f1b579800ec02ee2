import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCandidate } from '../../src/candidate/parse-candidate.js';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { arbitraryCandidate } from './arbitrary-candidate.js';

function errorOf(json: unknown): UserError {
  try {
    parseCandidate(json, { file: 'space.yaml', path: 'candidates.3' });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no error');
}

const focal = { name: 'focal' };
const paced = {
  kind: 'paced',
  difficulty: { score: 'class-rarity' },
  order: 'easy-first',
  pacing: { function: 'linear', start: 0.2, full: 0.5 },
};
const selfPaced = { kind: 'self-paced', weights: 'hard', direction: 'down', threshold: 0.9 };

describe('parseCandidate', () => {
  it('returns well-formed candidates unchanged, through JSON', () => {
    fc.assert(
      fc.property(arbitraryCandidate, (candidate) => {
        const json: unknown = JSON.parse(JSON.stringify(candidate));
        expect(parseCandidate(json)).toStrictEqual(json);
      }),
    );
  });

  it.each([[() => 1], [10n], [Symbol('s')], [Number.NaN], [new Map()]])(
    'refuses %o, which is no JSON, as any other value',
    (value) => {
      expect(errorOf({ loss: { name: 'focal', parameters: { gamma: value } } }).place.path).toMatch(
        /^candidates\.3\.loss\.parameters\.gamma/,
      );
      expect(errorOf(value).code).toBe('candidate');
    },
  );

  it('leaves out what is undefined', () => {
    expect(
      parseCandidate({ loss: { name: 'focal', options: undefined }, learningRate: undefined }),
    ).toStrictEqual({
      loss: focal,
    });
  });

  it.each<[unknown, string, string | undefined]>([
    [undefined, '', undefined],
    [3, '', '3'],
    [{}, '.loss', undefined],
    [{ loss: 'focal' }, '.loss', '"focal"'],
    [{ loss: {} }, '.loss.name', undefined],
    [{ loss: focal, lr: 1 }, '', '{"loss":{"name":"focal"},"lr":1}'],
    [{ loss: { ...focal, gamma: 2 } }, '.loss', '{"name":"focal","gamma":2}'],
    [{ loss: { ...focal, parameters: { gamma: '2' } } }, '.loss.parameters.gamma', '"2"'],
    [{ loss: { ...focal, parameters: { gamma: NaN } } }, '.loss.parameters.gamma', 'NaN'],
    [{ loss: { ...focal, parameters: { gamma: [] } } }, '.loss.parameters.gamma', '[]'],
    [{ loss: { ...focal, parameters: { gamma: [1, null] } } }, '.loss.parameters.gamma.1', 'null'],
    [
      { loss: { ...focal, parameters: { gamma: { from: 1 } } } },
      '.loss.parameters.gamma.schedule',
      undefined,
    ],
    [
      { loss: { ...focal, parameters: { gamma: { schedule: 'linear', from: null } } } },
      '.loss.parameters.gamma.from',
      'null',
    ],
    [{ loss: { ...focal, options: { over: null } } }, '.loss.options.over', 'null'],
    [{ loss: { name: 'weighted-sum', terms: [] } }, '.loss.terms', '[]'],
    [{ loss: { name: 'weighted-sum', terms: [{ loss: focal }] } }, '.loss.terms.0.weight', undefined],
    [
      { loss: { name: 'weighted-sum', terms: [{ weight: 1, loss: { name: 'weighted-sum' } }] } },
      '.loss.terms.0.loss',
      '{"name":"weighted-sum"}',
    ],
    [{ loss: { name: 'multi-task', heads: {}, weighting: { name: 'uncertainty' } } }, '.loss.heads', '{}'],
    [
      { loss: { name: 'multi-task', heads: { a: focal }, weighting: { name: 'fixed', weights: { b: 2 } } } },
      '.loss.weighting.weights.b',
      '2',
    ],
    [
      { loss: { name: 'multi-task', heads: { a: focal }, weighting: { name: 'gradnorm' } } },
      '.loss.weighting.name',
      '"gradnorm"',
    ],
    [{ loss: focal, learningRate: 0 }, '.learningRate', '0'],
    [{ loss: focal, learningRate: Infinity }, '.learningRate', 'Infinity'],
    [{ loss: focal, curriculum: { kind: 'pased' } }, '.curriculum.kind', '"pased"'],
    [{ loss: focal, curriculum: { ...paced, order: 'hard' } }, '.curriculum.order', '"hard"'],
    [
      { loss: focal, curriculum: { ...paced, pacing: { ...paced.pacing, start: 0 } } },
      '.curriculum.pacing.start',
      '0',
    ],
    [
      { loss: focal, curriculum: { ...paced, pacing: { ...paced.pacing, full: 1.1 } } },
      '.curriculum.pacing.full',
      '1.1',
    ],
    [
      { loss: focal, curriculum: { ...paced, difficulty: { score: 'column' } } },
      '.curriculum.difficulty.column',
      undefined,
    ],
    [{ loss: focal, curriculum: { ...selfPaced, threshold: 1.5 } }, '.curriculum.threshold', '1.5'],
    [{ loss: focal, curriculum: { ...selfPaced, threshold: [0.5] } }, '.curriculum.threshold', '[0.5]'],
  ])('refuses %j at the path of the culprit', (json, path, found) => {
    const error = errorOf(json);
    expect(error.code).toBe('candidate');
    expect(error.place).toEqual({ file: 'space.yaml', path: `candidates.3${path}` });
    expect(error.found).toBe(found);
  });

  it.each([
    [[3], 'wrong type (found [3], expected a map)'],
    [3, 'wrong type (found 3, expected a map)'],
    [{}, 'loss: a loss is an object with a name'],
    [{ loss: focal, curriculum: 3 }, 'curriculum: wrong type (found 3, expected a map)'],
    [{ loss: { name: 'weighted-sum', terms: 3 } }, 'loss.terms: wrong type (found 3, expected a list)'],
    [{ loss: { name: 'weighted-sum' } }, 'loss.terms: the key "terms" is missing (expected a list)'],
    [
      { loss: focal, curriculum: { ...paced, order: 'hard' } },
      'curriculum.order: invalid value (found "hard", expected one of easy-first, hard-first, random)',
    ],
    [{ loss: focal, lr: 1 }, 'unrecognized key: "lr" (found {"loss":{"name":"focal"},"lr":1})'],
  ])('says of %j what was found and expected, in words', (json, said) => {
    const error = errorOf(json);
    const path = error.place.path!.replace(/^candidates\.3\.?/, '');
    expect(renderUserError(error.movedTo(path === '' ? {} : { path }))).toBe(said);
  });
});
