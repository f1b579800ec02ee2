import { byText } from '../../core/order.js';
import { unknownName } from '../../core/registry.js';
import type { ListKind } from '../list-kinds.js';
import { listedMembers, type Listed } from '../listed-members.js';
import { textTable } from '../text-table.js';

interface ListOptions {
  readonly json?: boolean;
}

/** `lossmith list KIND`, by name; with a name the options of that member. */
export async function listCommand(
  kind: ListKind,
  name: string | undefined,
  options: ListOptions,
): Promise<void> {
  const members = [...(await listedMembers(kind))].sort((a, b) => byText(a.name, b.name));
  if (name === undefined) return print(membersText(members, options));
  const member = members.find((one) => one.name === name);
  if (member === undefined) {
    throw unknownName(
      `name among the ${kind}`,
      name,
      members.map((one) => one.name),
    );
  }
  print(memberText(member, options));
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

function membersText(members: readonly Listed[], { json: asJson }: ListOptions): string {
  const items = members.map(({ name, details, summary }) => ({ name, ...details, summary }));
  if (asJson === true) return json(items);
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const cell = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
  return textTable(
    columns,
    items.map((item) => columns.map((column) => cell((item as Record<string, unknown>)[column]))),
  );
}

function memberText(member: Listed, { json: asJson }: ListOptions): string {
  const { name, summary, source, details } = member;
  const options = member.options();
  if (asJson === true) {
    return json({ name, ...details, summary, ...(source === undefined ? {} : { source }), options });
  }
  const described = options.some(({ description }) => description !== undefined);
  const rows = options.map((one) => [
    one.name,
    one.values,
    one.required === true ? 'required' : one.default === undefined ? '' : JSON.stringify(one.default),
    ...(described ? [one.description ?? ''] : []),
  ]);
  const header = ['option', 'values', 'default', ...(described ? ['meaning'] : [])];
  return [
    `${name}: ${summary}`,
    ...(source === undefined ? [] : [`source: ${source}`]),
    '',
    options.length === 0 ? 'no options' : textTable(header, rows),
  ].join('\n');
}
