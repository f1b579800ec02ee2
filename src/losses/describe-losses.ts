import type { Registry } from '../core/registry.js';
import type { TargetKind } from '../problem/head.js';
import type { Loss, LossOption, LossParameter } from './loss.js';

const TARGET_KINDS: readonly TargetKind[] = ['binary', 'multiclass', 'regression'];

/** Markdown tables of the losses of a registry, as docs/losses.md holds them. */
export function describeLosses(registry: Registry<Loss>): string {
  const overview = [
    '| Loss | Formula | Targets | Source |',
    '|---|---|---|---|',
    ...registry.members.map(
      (loss) =>
        `| [\`${loss.name}\`](#${loss.name}) | ${cell(loss.summary)} | ${kindsOf(loss)} | ${cell(loss.source)} |`,
    ),
  ];
  return `${[overview.join('\n'), ...registry.members.map(describeLoss)].join('\n\n')}\n`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const kindsOf = (loss: Loss): string =>
  TARGET_KINDS.filter((kind) => loss.perSample[kind] !== undefined).join(', ');

function describeLoss(loss: Loss): string {
  const blocks = [`### ${loss.name}`, loss.summary];
  if (loss.parameters.length > 0) {
    blocks.push(
      [
        '| Parameter | Default | Range | Worth searching | Meaning |',
        '|---|---|---|---|---|',
        ...loss.parameters.map(describeParameter),
      ].join('\n'),
    );
  }
  if (loss.options !== undefined) {
    blocks.push(
      [
        '| Option | Choices (default first) | Meaning |',
        '|---|---|---|',
        ...loss.options.map(
          (option) => `| \`${option.name}\` | ${cell(valuesOf(option))} | ${cell(option.summary)} |`,
        ),
      ].join('\n'),
    );
  }
  if (loss.textbookOptions !== undefined) {
    const settings = Object.entries(loss.textbookOptions).map(([kind, ofKind]) => {
      const listed = ofKind.map((options) => Object.values(options).map((value) => `\`${value}\``));
      return `${kind}: ${listed.flat().join(', ')}`;
    });
    blocks.push(`Textbook settings, ${settings.join('; ')}.`);
  }
  if (loss.textbook !== undefined) {
    const settings = loss.textbook.map((setting) =>
      Object.entries(setting)
        .map(([name, value]) => `${name} ${short(value)}`)
        .join(', '),
    );
    blocks.push(`Textbook settings: ${settings.join('; ')}.`);
  }
  return blocks.join('\n\n');
}

/** The choices, or the defaults of a text. */
function valuesOf(option: LossOption): string {
  if ('choices' in option) return option.choices.map((choice) => `\`${choice}\``).join(', ');
  const defaults = Object.entries(option.defaults).map(([kind, text]) => `\`${text}\` (${kind})`);
  return `any text; ${defaults.join(', ')}`;
}

function describeParameter(parameter: LossParameter): string {
  const { name, shape, low, high, typical, summary } = parameter;
  const perClass = shape === 'class' ? ' (one per class)' : '';
  const worth = typical === undefined ? '' : `${short(typical[0])} to ${short(typical[1])}`;
  const from = low === -Infinity ? '' : `≥ ${short(low)}`;
  const range = high === Infinity ? from || 'any' : `${short(low)} to ${short(high)}`;
  return `| \`${name}\`${perClass} | ${short(parameter.default)} | ${range} | ${worth} | ${cell(summary)} |`;
}

/** At most 7 significant digits. */
const short = (value: number): string =>
  String(Number(value.toPrecision(7)))
    .replace('-', '−')
    .replace('Infinity', '∞');
