import type { SimpleLossSpec } from '../../candidate/candidate.js';
import { unknownName, type Registry } from '../../core/registry.js';
import { renderValue } from '../../core/render-value.js';
import { ExpressionError } from '../../expressions/expression-error.js';
import type { Head, TargetKind } from '../../problem/head.js';
import type { Loss, LossChoice, LossOptions, LossText, PerSampleLoss } from '../loss.js';
import { onePerSample } from '../wrong-shape.js';
import { candidateError, checkKeys } from './candidate-error.js';
import type { LossPart } from './loss-part.js';
import { placeParameter } from './placed-parameter.js';

/** One loss of the registry on one head. @throws UserError `candidate` */
export function simplePart(
  spec: SimpleLossSpec,
  head: Head,
  registry: Registry<Loss>,
  path: string,
): LossPart {
  checkKeys(spec, ['name', 'parameters', 'options'], path, 'entry of a loss');
  const loss = lossNamed(spec.name, registry, `${path}.name`);
  const perSample = servedBy(loss, head, registry, `${path}.name`);
  const options = optionsOf(loss, spec, head.kind, path);

  const given = spec.parameters ?? {};
  const names = loss.parameters.map(({ name }) => name);
  checkKeys(given, names, `${path}.parameters`, `parameter of ${loss.name}`);
  const classes = head.kind === 'binary' ? 2 : head.outputs;
  const parameters = loss.parameters.map((parameter) =>
    placeParameter(parameter, given[parameter.name], {
      path: `${path}.parameters.${parameter.name}`,
      slotPath: `${path}.${parameter.name}`,
      size: parameter.shape === 'class' ? classes : 1,
    }),
  );

  return {
    structure: { name: loss.name, options },
    parameters,
    perSample: (inputs, theta) => {
      const values = perSample({
        ...inputs,
        theta: Object.fromEntries(names.map((name, index) => [name, theta[index]!])),
        options,
      });
      return onePerSample(values, inputs.prediction.shape[0], loss.name);
    },
  };
}

function lossNamed(name: string, registry: Registry<Loss>, path: string): Loss {
  if (registry.has(name)) return registry.get(name);
  const known = registry.members.map((member) => member.name);
  const { message, expected } = unknownName('loss', String(name), known);
  throw candidateError(path, message, renderValue(name), expected ?? known.join(', '));
}

function servedBy(loss: Loss, head: Head, registry: Registry<Loss>, path: string): PerSampleLoss {
  const perSample = loss.perSample[head.kind];
  if (perSample !== undefined) return perSample;
  const serving = registry.members.filter((member) => member.perSample[head.kind] !== undefined);
  throw candidateError(
    path,
    `${loss.name} is no loss for a ${head.kind} head`,
    renderValue(loss.name),
    `one of ${serving.map(({ name }) => name).join(', ')}`,
  );
}

/** The options given, and the defaults of the others. */
function optionsOf(loss: Loss, spec: SimpleLossSpec, kind: TargetKind, path: string): LossOptions {
  const given = spec.options ?? {};
  const known = loss.options ?? [];
  const names = known.map(({ name }) => name);
  checkKeys(given, names, `${path}.options`, `option of ${loss.name}`);
  return Object.fromEntries(
    known.map((option) => {
      const place = `${path}.options.${option.name}`;
      const value = given[option.name];
      return [
        option.name,
        'choices' in option ? chosen(option, value, place) : readText(option, value, kind, place),
      ];
    }),
  );
}

function chosen({ choices }: LossChoice, given: LossOptions[string] | undefined, path: string) {
  const value = given ?? choices[0]!;
  if (choices.includes(value)) return value;
  const expected = `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
  throw candidateError(path, 'no such choice', renderValue(value), expected);
}

function readText(
  option: LossText,
  given: LossOptions[string] | undefined,
  kind: TargetKind,
  path: string,
): string {
  const text = given ?? option.defaults[kind];
  if (typeof text !== 'string') {
    throw candidateError(path, 'the option has the wrong form', renderValue(text), 'a text');
  }
  try {
    return option.read(text, kind);
  } catch (error) {
    if (error instanceof ExpressionError) {
      throw candidateError(path, error.message, error.found, error.expected);
    }
    throw candidateError(path, String((error as Error).message), renderValue(text), option.summary);
  }
}
