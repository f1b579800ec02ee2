import { z } from 'zod';
import { OPERATOR_NAMES } from '../expressions/operators.js';
import { VARIABLE_NAMES } from '../expressions/variables.js';

const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Schedule shapes that a space may offer. */
export const SHAPES = ['constant', 'linear', 'cosine', 'exponential', 'step', 'curve', 'plateau'] as const;
export type Shape = (typeof SHAPES)[number];

const choice = z.union([z.string(), z.number(), z.boolean()]);

const when = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(choice)]))
  .optional()
  .describe('Active only where each of these earlier parameters has this value or one of these values.');

const rangeFields = {
  low: z.number().describe('Smallest value.'),
  high: z.number().describe('Largest value; may equal low.'),
  log: z.boolean().default(false).describe('Uniform in the logarithm; low must be above 0.'),
  step: z.number().optional().describe('Only the values low, low + step, …; not with log.'),
};

const range = z.strictObject(rangeFields);
const intRange = z.strictObject({ low: z.int(), high: z.int(), log: z.boolean().default(false) });
const rangeOrNumber = z.union([z.number(), range]);
const intRangeOrNumber = z.union([z.int(), intRange]);
const interpolationName = z.enum(['linear', 'pchip']);

const float = z.strictObject({ type: z.literal('float'), ...rangeFields, when }).describe('A real number.');

const int = z
  .strictObject({
    type: z.literal('int'),
    low: z.int().describe('Smallest value.'),
    high: z.int().describe('Largest value; may equal low.'),
    log: z.boolean().default(false).describe('Uniform in the logarithm; low must be at least 1.'),
    step: z.int().optional().describe('Only the values low, low + step, …; not with log.'),
    when,
  })
  .describe('A whole number.');

const categorical = z
  .strictObject({ type: z.literal('categorical'), choices: z.array(choice), when })
  .describe('One of some choices, all equally likely.');

const simplex = z
  .strictObject({
    type: z.literal('simplex'),
    parts: z.array(z.string().regex(NAME, 'a part name is letters, digits, - and _, a letter first')),
    when,
  })
  .describe('Weights that are not negative and sum to 1, uniform on the simplex.');

const schedule = z
  .strictObject({
    type: z.literal('schedule'),
    shapes: z.array(z.enum(SHAPES)).describe('Shapes to choose from, all equally likely.'),
    range: range.optional().describe('Range of every value that has no range of its own.'),
    from: rangeOrNumber.optional().describe('First value; also the value of the constant shape.'),
    to: rangeOrNumber.optional().describe('Last value.'),
    begin: rangeOrNumber
      .optional()
      .describe('Progress at which a linear, cosine or exponential shape begins.'),
    end: rangeOrNumber.optional().describe('Progress at which a linear, cosine or exponential shape ends.'),
    steps: z.int().min(1).max(16).optional().describe('Jumps of the step shape; default 1.'),
    at: range.optional().describe('Progress at which jumps may lie; default 0.05 to 0.95.'),
    points: z.int().min(2).max(32).optional().describe('Control points of the curve shape; default 4.'),
    interpolation: z
      .union([
        interpolationName,
        z
          .array(interpolationName)
          .min(1)
          .refine((names) => new Set(names).size === names.length, 'an interpolation is named twice'),
      ])
      .optional()
      .describe('Between the points of a curve: pchip (default), linear, or a list to choose from.'),
    monotone: z
      .enum(['increasing', 'decreasing'])
      .optional()
      .describe('Makes every curve never fall, or never rise.'),
    stages: intRangeOrNumber.optional().describe('Moves of the plateau shape.'),
    patience: intRangeOrNumber.optional().describe('Evaluations without improvement before a move.'),
    when,
  })
  .describe('A number, or a schedule of numbers over the training.');

const expression = z
  .strictObject({
    type: z.literal('expression'),
    variables: z
      .array(z.enum(VARIABLE_NAMES))
      .describe('All of them occur in every formula: [p, t] for classes, [r] for numbers.'),
    operators: z
      .array(z.enum(OPERATOR_NAMES))
      .default([...OPERATOR_NAMES])
      .describe('Operators that may occur; all of them where left out.'),
    constants: z
      .union([z.literal(false), z.strictObject({ low: z.number(), high: z.number() })])
      .default({ low: -2, high: 2 })
      .describe('Range of random constants, or false for none.'),
    maxDepth: z.int().min(1).max(12).default(5).describe('Most operators on a way from the top to a leaf.'),
    maxSize: z
      .int()
      .min(2)
      .max(100)
      .default(15)
      .describe('Most operators, variables and constants together.'),
    when,
  })
  .describe('A formula, as text: for the option `expression` of the loss `symbolic`.');

const parameter = z.discriminatedUnion('type', [float, int, categorical, simplex, schedule, expression]);

/** A search space as it is written; see docs/search-spaces.md. */
export const spaceFileSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a space has a kebab-case name')
      .describe('kebab-case.'),
    description: z.string().default('').describe('One line.'),
    parameters: z
      .record(
        z.string().regex(NAME, 'a parameter name is letters, digits, - and _, a letter first'),
        parameter,
      )
      .describe('What is searched, by name.'),
    candidate: z
      .strictObject({
        loss: z.json().describe('A loss, a weighted sum of losses, or a multi-task loss.'),
        curriculum: z.json().optional().describe('Which samples count, or how much.'),
        learningRate: z.json().optional().describe('Replaces the learning rate of the task.'),
      })
      .describe(
        'The candidate with references: $name is the value of a parameter, $name.part one part of a simplex, and {$switch: name, cases: {…}} chooses by a parameter.',
      ),
  })
  .describe('A Lossmith search space.');

/** A space as parsed, with defaults. */
export type SpaceFile = z.output<typeof spaceFileSchema>;
/** A space as written in a file or a user's own module. */
export type SpaceDefinition = z.input<typeof spaceFileSchema>;

export type ParameterDefinition = SpaceFile['parameters'][string];
export type ScheduleDefinition = Extract<ParameterDefinition, { type: 'schedule' }>;
export type ExpressionDefinition = Extract<ParameterDefinition, { type: 'expression' }>;
export type When = NonNullable<ParameterDefinition['when']>;
export type TemplateJson = z.output<ReturnType<typeof z.json>>;

/** JSON Schema (draft 7) of a space file, for editors. */
export function spaceJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(spaceFileSchema, { io: 'input', target: 'draft-7' });
}
