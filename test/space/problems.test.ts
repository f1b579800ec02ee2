import { describe, expect, it } from 'vitest';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import { parseSpace } from '../../src/space/parse-space.js';
import { mutateText } from '../support/mutate-text.js';

/** The error of a space file as one line, without the name of the file. */
function problemOf(text: string): string {
  try {
    parseSpace(text, 's');
  } catch (error) {
    if (error instanceof UserError) return `${error.code} ${renderUserError(error).replace(/^s:/, '')}`;
    throw error;
  }
  return 'none';
}

/** A space with one parameter `x`, on line 3; its braces begin in column 6. */
const one = (definition: string): string =>
  `name: x\nparameters:\n  x: { ${definition} }\ncandidate: { loss: { name: l, parameters: { x: $x } } }\n`;

/** A space with some parameters, from line 3 on, and a candidate's loss after them. */
const space = (parameters: readonly string[], loss: string): string =>
  `name: x\nparameters:\n${parameters.map((line) => `  ${line}\n`).join('')}candidate:\n  loss: ${loss}\n`;

const FAMILY = 'f: { type: categorical, choices: [a, b] }';

describe('parameters from which nothing can be drawn', () => {
  it.each([
    [
      'type: float, low: 2, high: 1',
      '3:35: parameters.x.high: high is below low (found 1, expected at least 2)',
    ],
    [
      'type: int, low: 2, high: 1',
      '3:33: parameters.x.high: high is below low (found 1, expected at least 2)',
    ],
    [
      'type: float, low: 0, high: 1, log: true',
      '3:26: parameters.x.low: a log range needs low above 0 (found 0, expected a number above 0)',
    ],
    [
      'type: int, low: -1, high: 1, log: true',
      '3:24: parameters.x.low: a log range needs low above 0 (found -1, expected a number above 0)',
    ],
    [
      'type: float, low: 0, high: 1, step: 2',
      '3:44: parameters.x.step: step is larger than the range (found 2, expected at most 1)',
    ],
    ['type: float, low: 0, high: 1, step: 0', '3:44: parameters.x.step: step must be above 0 (found 0)'],
    [
      'type: int, low: 0, high: 3, step: 4',
      '3:42: parameters.x.step: step is larger than the range (found 4, expected at most 3)',
    ],
    [
      'type: float, low: 1, high: 9, step: 1, log: true',
      '3:44: parameters.x.step: log and step exclude each other',
    ],
    [
      'type: float, low: -1e308, high: 1e308',
      '3:6: parameters.x: the range is too wide (found -1e+308 to 1e+308)',
    ],
    [
      'type: int, low: 0, high: 9007199254740991',
      '3:6: parameters.x: the range is too wide (found 9007199254740992 whole numbers, expected at most 1099511627776)',
    ],
    [
      'type: categorical, choices: []',
      '3:36: parameters.x.choices: there must be at least one choice (found an empty list)',
    ],
    [
      'type: categorical, choices: [a, b, a]',
      '3:43: parameters.x.choices.2: the choice appears twice (found "a")',
    ],
    [
      'type: categorical, choices: [1, "1"]',
      '3:40: parameters.x.choices.1: the choice appears twice (found "1")',
    ],
    [
      'type: expression, variables: [p, p]',
      '3:41: parameters.x.variables.1: the variable appears twice (found "p")',
    ],
    [
      'type: expression, variables: [r], operators: []',
      '3:53: parameters.x.operators: there must be at least one operator (found an empty list)',
    ],
    [
      'type: expression, variables: [r], constants: { low: 1, high: 1 }',
      '3:69: parameters.x.constants.high: high is not above low (found 1, expected above 1, or constants: false)',
    ],
    [
      'type: expression, variables: [p, t], operators: [log, neg]',
      '3:3: parameters.x: no formula has room for all variables (found 2 variables, maxDepth 5, maxSize 15, expected an operator of two operands, and more depth or size)',
    ],
    [
      'type: expression, variables: [p, t, r], maxDepth: 1',
      '3:3: parameters.x: no formula has room for all variables (found 3 variables, maxDepth 1, maxSize 15, expected an operator of two operands, and more depth or size)',
    ],
    ['type: simplex, parts: [a]', '3:30: parameters.x.parts: a simplex needs at least 2 parts (found 1)'],
    [
      'type: simplex, parts: []',
      '3:30: parameters.x.parts: there must be at least one part (found an empty list)',
    ],
    ['type: simplex, parts: [a, b, b]', '3:37: parameters.x.parts.2: the part appears twice (found "b")'],
    [
      'type: schedule, shapes: []',
      '3:32: parameters.x.shapes: there must be at least one shape (found an empty list)',
    ],
    [
      'type: schedule, shapes: [linear, linear], range: {low: 0, high: 1}',
      '3:41: parameters.x.shapes.1: the shape appears twice (found linear)',
    ],
    [
      'type: schedule, shapes: [linear], from: {low: 0, high: 1}',
      '3:3: parameters.x.to: the key "to" is missing (expected a range or a number)',
    ],
    [
      'type: schedule, shapes: [curve]',
      '3:3: parameters.x.range: the key "range" is missing (expected low and high)',
    ],
    [
      'type: schedule, shapes: [linear], from: {low: 3, high: 1}, to: 1',
      '3:63: parameters.x.from.high: high is below low (found 1, expected at least 3)',
    ],
    [
      'type: schedule, shapes: [exponential], range: {low: 0, high: 1}',
      '3:54: parameters.x.range: the exponential shape needs values above 0 (found 0)',
    ],
    [
      'type: schedule, shapes: [linear], range: {low: 0, high: 1}, points: 3',
      '3:68: parameters.x.points: "points" has no effect: none of the shapes uses it (expected one of the shapes curve)',
    ],
    [
      'type: schedule, shapes: [linear], range: {low: 0, high: 1}, begin: 0.5, end: {low: 0.4, high: 1}',
      '3:75: parameters.x.begin: a schedule must begin before it ends, whatever is drawn (found begin up to 0.5, end from 0.4)',
    ],
    [
      'type: schedule, shapes: [linear], range: {low: 0, high: 1}, end: 2',
      '3:73: parameters.x.end: "end" is progress and must be in [0, 1] (found 2 to 2)',
    ],
    [
      'type: schedule, shapes: [step], range: {low: 0, high: 1}, at: {low: 0, high: 1}',
      '3:76: parameters.x.at.low: a jump must lie after progress 0 (found 0)',
    ],
    [
      'type: schedule, shapes: [step], range: {low: 0, high: 1}, steps: 2, at: {low: 0.5, high: 0.5}',
      '3:80: parameters.x.at: several jumps need room between them (found 0.5 to 0.5, expected a range at least 0.001 wide)',
    ],
    [
      'type: schedule, shapes: [plateau], range: {low: 0, high: 1}, stages: 0',
      '3:77: parameters.x.stages: "stages" must be at least 1 (found 0)',
    ],
    [
      'type: schedule, shapes: [curve], range: {low: 0, high: 1, step: 0.5}, monotone: increasing',
      '3:72: parameters.x.range.step: step and monotone exclude each other',
    ],
  ])('%s', (definition, problem) => {
    expect(problemOf(one(definition))).toBe(`space ${problem}`);
  });

  it('allow a range of one value', () => {
    expect(problemOf(one('type: float, low: 1, high: 1'))).toBe('none');
    expect(problemOf(one('type: int, low: 1, high: 1'))).toBe('none');
  });
});

describe('conditions', () => {
  const withX = (when: string): string =>
    space([FAMILY, `x: { type: float, low: 0, high: 1, when: ${when} }`], '{ name: $f, x: 1 }');

  it.each([
    ['{ x: 1 }', '4:46: parameters.x.when.x: a condition can only refer to an earlier parameter (found "x")'],
    [
      '{ g: a }',
      '4:46: parameters.x.when.g: unknown parameter; did you mean "f"? (found "g", expected one of f)',
    ],
    ['{ f: c }', '4:49: parameters.x.when.f: "f" never has this value (found "c", expected one of "a", "b")'],
    [
      '{ f: [a, c] }',
      '4:53: parameters.x.when.f.1: "f" never has this value (found "c", expected one of "a", "b")',
    ],
    ['{ f: [] }', '4:49: parameters.x.when.f: a condition needs at least one value'],
  ])('%s', (when, problem) => {
    expect(problemOf(withX(when))).toBe(`space ${problem}`);
  });

  it.each([
    [
      'refer to something later',
      ['x: { type: float, low: 0, high: 1, when: { f: a } }', FAMILY],
      '3:46: parameters.x.when.f: a condition can only refer to an earlier parameter (found "f")',
    ],
    [
      'refer to a float',
      ['y: { type: float, low: 0, high: 1 }', 'x: { type: float, low: 0, high: 1, when: { y: 1 } }'],
      '4:46: parameters.x.when.y: a condition needs a categorical parameter, or an int with at most 64 values (found the float "y")',
    ],
    [
      'refer to a schedule',
      [
        'y: { type: schedule, shapes: [linear], range: { low: 0, high: 1 } }',
        'x: { type: int, low: 0, high: 1, when: { y: 1 } }',
      ],
      '4:44: parameters.x.when.y: a condition needs a categorical parameter, or an int with at most 64 values (found the schedule "y")',
    ],
    [
      'contradict what they imply',
      [
        FAMILY,
        'g: { type: categorical, choices: [c, d], when: { f: a } }',
        'x: { type: int, low: 0, high: 1, when: { g: c, f: b } }',
      ],
      '5:36: parameters.x.when: the parameter can never be active: its conditions contradict each other (found no value of "f" that they all allow)',
    ],
  ])('must not %s', (_, parameters, problem) => {
    expect(problemOf(space(parameters, '{ name: l }'))).toBe(`space ${problem}`);
  });
});

describe('references', () => {
  const X = 'x: { type: float, low: 0, high: 1, when: { f: a } }';
  const MIX = 'm: { type: simplex, parts: [p, q] }';

  it.each([
    [
      'an unknown parameter',
      ['xx: { type: int, low: 0, high: 1 }'],
      '{ name: l, v: $xy }',
      '5:23: candidate.loss.v: unknown parameter; did you mean "xx"? (found "xy", expected one of xx)',
    ],
    [
      'a malformed one',
      [FAMILY],
      '{ name: l, v: $f., w: $f }',
      '5:23: candidate.loss.v: not a reference (found "$f.", expected $name or $name.part)',
    ],
    [
      'an unknown part',
      [MIX],
      '{ name: l, v: $m.r }',
      '5:23: candidate.loss.v: unknown part of "m"; did you mean "p"? (found "r", expected one of p, q)',
    ],
    [
      'a part of no simplex',
      [FAMILY],
      '{ name: l, v: $f.a }',
      '5:23: candidate.loss.v: only a simplex has parts (found the categorical "f")',
    ],
    [
      'an unused parameter',
      [FAMILY, 'y: { type: int, low: 0, high: 1 }'],
      '{ name: $f }',
      '4:3: parameters.y: the parameter is never used in the candidate (expected $y)',
    ],
    [
      'an unused simplex',
      [FAMILY, MIX],
      '{ name: $f }',
      '4:3: parameters.m: the parameter is never used in the candidate (expected $m)',
    ],
    [
      'an unused part',
      [MIX],
      '{ name: $m.p }',
      '3:34: parameters.m.parts.1: the part is never used in the candidate (expected $m.q)',
    ],
    [
      'a value that may not be there',
      [FAMILY, X],
      '{ name: $f, v: $x }',
      '6:24: candidate.loss.v: "x" may have no value here (found a condition on "f", expected a $switch on "f" around it, in a case "a")',
    ],
    [
      'a value in the wrong case',
      [FAMILY, X],
      '{ $switch: f, cases: { a: { name: l }, b: { name: $x } } }',
      '6:59: candidate.loss.cases.b.name: "x" may have no value here (found a condition on "f", expected a $switch on "f" around it, in a case "a")',
    ],
    [
      'a value in a default that does not imply it',
      [FAMILY, X],
      '{ $switch: f, cases: { a: { name: $x } }, default: { name: $x } }',
      '6:68: candidate.loss.default.name: "x" may have no value here (found a condition on "f", expected a $switch on "f" around it, in a case "a")',
    ],
    [
      'a hole in a list, in a case of a switch',
      [FAMILY],
      '{ name: l, v: [{ $switch: f, cases: { a: 1, b: null } }] }',
      '5:56: candidate.loss.v.0.cases.b: a list cannot leave out an item (found null)',
    ],
    [
      'a hole in a list, in the default of a switch in a switch',
      [FAMILY],
      '{ name: l, v: [{ $switch: f, cases: { a: 1 }, default: { $switch: f, cases: { b: null } } }] }',
      '5:90: candidate.loss.v.0.default.cases.b: a list cannot leave out an item (found null)',
    ],
    [
      'a switch on something that may not be there',
      [FAMILY, 'g: { type: categorical, choices: [c, d], when: { f: a } }'],
      '{ $switch: g, cases: { c: { name: $f }, d: {} } }',
      '6:20: candidate.loss.$switch: "g" may have no value here (found a condition on "f", expected a $switch on "f" around it, in a case "a")',
    ],
    [
      'a switch on a float',
      ['y: { type: float, low: 0, high: 1 }'],
      '{ $switch: y, cases: {} }',
      '5:20: candidate.loss.$switch: a switch needs a categorical parameter, or an int with at most 64 values (found the float "y")',
    ],
    [
      'a switch on nothing',
      [FAMILY],
      '{ $switch: [f], cases: {} }',
      '5:20: candidate.loss.$switch: a switch needs the name of a parameter (found a list of 1)',
    ],
    [
      'a switch without cases',
      [FAMILY],
      '{ $switch: f }',
      '5:3: candidate.loss.cases: a switch needs a map of cases (found nothing)',
    ],
    [
      'a missing case',
      [FAMILY],
      '{ $switch: f, cases: { a: { name: l } } }',
      '5:23: candidate.loss.cases: no case for "b" of "f"',
    ],
    [
      'an unknown case',
      [FAMILY],
      '{ $switch: f, cases: { a: {}, b: {}, c: {} } }',
      '5:46: candidate.loss.cases.c: unknown value of "f"; did you mean "a"? (found "c", expected one of a, b)',
    ],
    [
      'a case that cannot occur',
      [FAMILY],
      '{ $switch: f, cases: { a: { $switch: f, cases: { a: {}, b: {} } }, b: {} } }',
      '5:65: candidate.loss.cases.a.cases.b: "f" never has this value here (found "b")',
    ],
    [
      'a default without need',
      [FAMILY],
      '{ $switch: f, cases: { a: {}, b: {} }, default: {} }',
      '5:48: candidate.loss.default: every value has a case already',
    ],
    [
      'another key in a switch',
      [FAMILY],
      '{ $switch: f, case: {} }',
      '5:23: candidate.loss.case: unknown key of a switch; did you mean "cases"? (found "case", expected one of $switch, cases, default)',
    ],
    [
      'an unknown command',
      [FAMILY],
      '{ $swich: f, cases: {} }',
      '5:11: candidate.loss.$swich: unknown command; did you mean "$switch"? (found "$swich", expected one of $switch)',
    ],
    [
      'a hole in a list',
      [FAMILY],
      '{ name: $f, terms: [1, null] }',
      '5:32: candidate.loss.terms.1: a list cannot leave out an item (found null)',
    ],
    [
      'a loss that is no map',
      [FAMILY],
      '$f',
      '5:9: candidate.loss: a loss is a map with a name, or a $switch',
    ],
  ])('refuse %s', (_, parameters, loss, problem) => {
    expect(problemOf(space(parameters, loss))).toBe(`space ${problem}`);
  });

  it('accept what follows from several switches, from all values of a condition, and from a default', () => {
    const parameters = [
      'f: { type: categorical, choices: [a, b, c] }',
      'g: { type: int, low: 1, high: 2, when: { f: [a, b] } }',
      'x: { type: float, low: 0, high: 1, when: { g: 2 } }',
      'y: { type: float, low: 0, high: 1, when: { g: [1, 2] } }',
    ];
    const loss =
      '{ $switch: f, cases: { c: { name: l } }, default: { name: $y, p: { $switch: g, cases: { 1: 0, 2: $x } } } }';
    expect(problemOf(space(parameters, loss))).toBe('none');
  });
});

describe('other problems', () => {
  it.each([
    [
      'name: X y\nparameters: {}\ncandidate: { loss: {} }\n',
      'schema 1:7: name: a space has a kebab-case name (found "X y")',
    ],
    [
      'name: x\nparameters: {}\ncandidate: { loss: {} }\n',
      'space 2:1: parameters: a space needs at least one parameter',
    ],
    [
      one('type: flaot, low: 0, high: 1'),
      'schema 3:14: parameters.x.type: invalid value (found "flaot", expected one of float, int, categorical, simplex, schedule, expression)',
    ],
    [
      one('type: float, low: 0, hihg: 1'),
      'schema 3:29: parameters.x.hihg: unknown key; did you mean "high"? (found "hihg", expected one of type, low, high, log, step, when)',
    ],
    [
      one('type: float, low: 0, high: .inf'),
      'schema 3:35: parameters.x.high: wrong type (found .inf, expected a number)',
    ],
    [
      one('type: int, low: 0.5, high: 1'),
      'schema 3:24: parameters.x.low: wrong type (found 0.5, expected a whole number)',
    ],
    [
      one('type: schedule, shapes: [linaer], range: {low: 0, high: 1}'),
      'schema 3:33: parameters.x.shapes.0: invalid value (found "linaer", expected one of constant, linear, cosine, exponential, step, curve, plateau)',
    ],
    [
      one('type: schedule, shapes: [linear], from: {low: 0, hgih: 1}'),
      'schema 3:57: parameters.x.from.hgih: unknown key; did you mean "high"? (found "hgih", expected one of low, high, log, step)',
    ],
    [
      'name: x\nparameters:\n  a.b: { type: int, low: 0, high: 1 }\ncandidate: { loss: {} }\n',
      'schema 3:3: parameters.a.b: a parameter name is letters, digits, - and _, a letter first (found "a.b")',
    ],
    [
      'name: x\nparameters:\n  a: { type: int, low: 0, high: 1 }\ncandidate: { los: {} }\n',
      'schema 4:14: candidate.los: unknown key; did you mean "loss"? (found "los", expected one of loss, curriculum, learningRate)',
    ],
    [
      'name: x\nparameters:\n  a: { type: int, low: 0, high: 1 }\ncandidate: { loss: { name: l, v: [$a, .nan] } }\n',
      'schema 4:39: candidate.loss.v.1: wrong type (found .nan, expected text, a number, true or false, null, a list or a map)',
    ],
  ])('%j', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('answers 400 broken files with a space that works or with one line that has a place', () => {
    const text = [
      'name: fuzz',
      'parameters:',
      '  family: { type: categorical, choices: [focal, poly-1] }',
      '  gamma: { type: schedule, shapes: [constant, step, curve], range: { low: 0, high: 5 }, when: { family: focal } }',
      '  mix: { type: simplex, parts: [ce, dice] }',
      '  depth: { type: int, low: 1, high: 8, log: true }',
      'candidate:',
      '  loss:',
      '    $switch: family',
      '    cases:',
      '      focal: { name: focal, parameters: { gamma: $gamma, a: $mix.ce, b: $mix.dice } }',
      '      poly-1: { name: poly-1, parameters: { a: $mix, depth: $depth } }',
      '  learningRate: 0.1',
      '',
    ].join('\n');
    let refused = 0;
    for (let run = 0; run < 400; run++) {
      const mutated = mutateText(text, stream('space-fuzz', run));
      const problem = problemOf(mutated);
      if (problem === 'none') {
        const made = parseSpace(mutated, 's');
        for (const end of [0, 0.5, 1])
          made.build(made.decode(Array.from({ length: made.dimensions }, () => end)));
        continue;
      }
      refused++;
      expect(problem).toMatch(/^(yaml|schema|space) \d+:\d+: /);
      // eslint-disable-next-line no-control-regex -- nothing may reach the terminal but text
      expect(problem).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect(problem.length).toBeLessThan(500);
    }
    expect(refused).toBeGreaterThan(200);
  });
});
