import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate, SimpleLossSpec } from '../../src/candidate/candidate.js';
import { parseCandidate } from '../../src/candidate/parse-candidate.js';
import { sequenceCandidates } from '../../src/candidate/sequence-candidates.js';
import { compileParameter } from '../../src/schedules/compile-parameter.js';
import { builtinSchedules } from '../../src/schedules/registry.js';

const focal = (gamma: number): Candidate => ({ loss: { name: 'focal', parameters: { gamma } } });

describe('sequenceCandidates', () => {
  it('says with a step schedule which number holds when', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (gammas) => {
          const stretches = gammas.map((gamma, index) => ({
            begin: index / gammas.length,
            candidate: focal(gamma),
          }));
          const sequence = parseCandidate(JSON.parse(JSON.stringify(sequenceCandidates(stretches))), {});
          const { gamma } = (sequence.loss as SimpleLossSpec).parameters!;
          const compiled = compileParameter(gamma!, builtinSchedules, 'gamma');
          gammas.forEach((expected, index) => {
            const state = { validationLosses: [] };
            expect(compiled.valueAt(index / gammas.length, state)).toBe(expected);
            expect(compiled.valueAt((index + 0.99) / gammas.length, state)).toBe(expected);
          });
        },
      ),
    );
  });

  it('keeps what stays, and takes equal neighbours together', () => {
    const mixed = (weight: number): Candidate => ({
      loss: {
        name: 'weighted-sum',
        terms: [
          { weight, loss: { name: 'focal', parameters: { gamma: 2 } } },
          { weight: 1, loss: { name: 'dice', options: { over: 'batch' } } },
        ],
      },
      learningRate: 0.01,
    });
    const stretches = [1, 1, 3].map((weight, index) => ({ begin: index / 4, candidate: mixed(weight) }));
    expect(sequenceCandidates(stretches)).toEqual({
      ...mixed(1),
      loss: {
        name: 'weighted-sum',
        terms: [
          {
            weight: { schedule: 'step', values: [1, 3], at: [0.5] },
            loss: { name: 'focal', parameters: { gamma: 2 } },
          },
          { weight: 1, loss: { name: 'dice', options: { over: 'batch' } } },
        ],
      },
    });
    expect(sequenceCandidates([{ begin: 0, candidate: focal(2) }])).toEqual(focal(2));
  });

  it('refuses what cannot change during a training, naming it', () => {
    const poly: Candidate = { loss: { name: 'poly-1' } };
    const pair = (second: Candidate) => () =>
      sequenceCandidates([
        { begin: 0, candidate: focal(1) },
        { begin: 0.5, candidate: second },
      ]);
    expect(pair(poly)).toThrow('a training cannot change .loss on its way');
    const curve = { schedule: 'linear', from: 0, to: 1 };
    expect(pair({ loss: { name: 'focal', parameters: { gamma: curve } } })).toThrow('.loss.parameters.gamma');
  });
});
