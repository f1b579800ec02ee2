import fc from 'fast-check';
import type { Candidate, LossSpec, MultiTaskSpec, SimpleLossSpec } from '../../src/candidate/candidate.js';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((value) => value + 0);

const parameter: fc.Arbitrary<ParameterSpec> = fc.oneof(
  number,
  fc.array(number, { minLength: 1, maxLength: 4 }),
  fc.record({ schedule: fc.constantFrom('linear', 'cosine'), from: number, to: number }),
  fc.record({ schedule: fc.constant('curve'), points: fc.array(number, { minLength: 2, maxLength: 5 }) }),
);

const names = fc.constantFrom('gamma', 'epsilon', 'alpha');

const simple: fc.Arbitrary<SimpleLossSpec> = fc.record(
  {
    name: fc.constantFrom('focal', 'cross-entropy', 'dice'),
    parameters: fc.dictionary(names, parameter, { noNullPrototype: true }),
    options: fc.dictionary(names, fc.oneof(fc.string(), fc.boolean(), number), { noNullPrototype: true }),
  },
  { requiredKeys: ['name'] },
);

const headLoss: fc.Arbitrary<LossSpec> = fc.oneof(
  simple,
  fc.record({
    name: fc.constant('weighted-sum' as const),
    terms: fc.array(fc.record({ weight: parameter, loss: simple }), { minLength: 1, maxLength: 3 }),
  }),
);

const multiTask: fc.Arbitrary<MultiTaskSpec> = fc.record({
  name: fc.constant('multi-task' as const),
  heads: fc.record({ class: headLoss, value: headLoss }),
  weighting: fc.oneof(
    fc.constant({ name: 'uncertainty' as const }),
    fc.record({
      name: fc.constant('fixed' as const),
      weights: fc.record({ class: parameter, value: parameter }),
    }),
    fc.record(
      {
        name: fc.constant('dynamic-weight-average' as const),
        temperature: fc.double({ min: 0.1, max: 9, noNaN: true }),
      },
      { requiredKeys: ['name'] },
    ),
  ),
});

const part = fc.double({ min: 0.01, max: 1, noNaN: true });

/** Well-formed candidates of every form. */
export const arbitraryCandidate: fc.Arbitrary<Candidate> = fc
  .record(
    {
      loss: fc.oneof(headLoss, multiTask),
      curriculum: fc.oneof(
        fc.record({
          kind: fc.constant('paced' as const),
          difficulty: fc.oneof(
            fc.constant({ score: 'class-rarity' as const }),
            fc.constant({ score: 'reference-loss' as const }),
            fc.constant({ score: 'column' as const, column: 'wrong-label' }),
          ),
          order: fc.constantFrom('easy-first' as const, 'hard-first' as const, 'random' as const),
          pacing: fc.record({
            function: fc.constantFrom('linear' as const, 'root' as const, 'step' as const),
            start: part,
            full: part,
          }),
        }),
        fc.record({
          kind: fc.constant('self-paced' as const),
          weights: fc.constantFrom('hard' as const, 'linear' as const, 'logarithmic' as const),
          direction: fc.constantFrom('down' as const, 'up' as const),
          threshold: part,
        }),
      ),
      learningRate: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    },
    { requiredKeys: ['loss'] },
  )
  // Plain objects, as a file gives them.
  .map((candidate) => JSON.parse(JSON.stringify(candidate)) as Candidate);
