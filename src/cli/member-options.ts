import { z } from 'zod';
import type { Loss } from '../losses/loss.js';
import { conditionText } from '../space/condition-text.js';
import type { Entry, Space } from '../space/space.js';
import { numberText } from '../statistics/number-text.js';

/** One option of a member of a registry, as `lossmith list KIND NAME` shows it. */
export interface OptionFacts {
  readonly name: string;
  /** What it takes: the type, and the range or the choices. */
  readonly values: string;
  /** Absent where there is none. */
  readonly default?: unknown;
  readonly required?: true;
  readonly description?: string;
}

/** The part of JSON Schema that option schemas use. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: string | number | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** The options of a schema, in its order; the name of the member itself is none. */
export function schemaOptions(schema: z.ZodType): readonly OptionFacts[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
  return Object.entries(properties)
    .filter(([name]) => name !== 'name')
    .map(([name, one]) => ({
      name,
      values: valuesText(one),
      ...(one.default === undefined ? {} : { default: one.default }),
      ...(required.includes(name) ? { required: true } : {}),
      ...(one.description === undefined ? {} : { description: one.description }),
    }));
}

/** The parameters of a loss, which a candidate sets, and its options. */
export function lossOptions({ parameters, options = [] }: Loss): readonly OptionFacts[] {
  return [
    ...parameters.map((one) => ({
      name: one.name,
      values: `${one.shape === 'class' ? 'a number for each class' : 'number'}${rangeText({ minimum: one.low, maximum: one.high })}`,
      ...{ default: one.default, description: one.summary },
    })),
    ...options.map((one) =>
      'choices' in one
        ? {
            name: one.name,
            values: one.choices.join(', '),
            ...{ default: one.choices[0], description: one.summary },
          }
        : { name: one.name, values: 'text', default: one.defaults, description: one.summary },
    ),
  ];
}

/** The entries of a space: what values they have, and when they are active. */
export function spaceOptions({ entries }: Space): readonly OptionFacts[] {
  return entries.map((entry) => ({
    name: entry.name,
    values: entryText(entry),
    ...(entry.conditions.length === 0 ? {} : { description: `when ${conditionText(entry.conditions)}` }),
  }));
}

/** `float ≥ 0.001, ≤ 0.1, log`; the number of values where they are steps of a range. */
function entryText(entry: Entry): string {
  const { kind, choices, cardinality } = entry;
  if (choices !== undefined) return `${kind}: ${choices.map(String).join(', ')}`;
  if (kind !== 'float' && kind !== 'int') return kind;
  const [minimum, maximum] = [entry.decode([0]) as number, entry.decode([1]) as number];
  const whole = kind === 'int' && cardinality === maximum - minimum + 1;
  const steps = cardinality === Infinity || whole ? '' : `, ${cardinality} values`;
  return `${kind}${rangeText({ minimum, maximum })}${entry.log === true ? ', log' : ''}${steps}`;
}

function valuesText(one: JsonSchema): string {
  if (one.enum !== undefined) return one.enum.map(String).join(', ');
  if (one.const !== undefined) return String(one.const);
  if (one.anyOf !== undefined) return one.anyOf.map(valuesText).join(' or ');
  switch (one.type) {
    case 'integer':
      return `whole number${rangeText(one)}`;
    case 'number':
      return `number${rangeText(one)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'array':
      return `list${one.minItems === undefined ? '' : ` of at least ${one.minItems}`}${one.items === undefined ? '' : `: ${valuesText(one.items)}`}`;
    case 'object':
      return 'map';
    default:
      return 'value';
  }
}

/** ` ≥ 2, ≤ 9`; bounds that every number of the type keeps are left out. */
function rangeText(
  one: Pick<JsonSchema, 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum'>,
): string {
  const bounds = (
    [
      ['≥', one.minimum],
      ['>', one.exclusiveMinimum],
      ['≤', one.maximum],
      ['<', one.exclusiveMaximum],
    ] as const
  ).flatMap(([sign, bound]) =>
    bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? [] : [`${sign} ${numberText(bound)}`],
  );
  return bounds.length === 0 ? '' : ` ${bounds.join(', ')}`;
}
