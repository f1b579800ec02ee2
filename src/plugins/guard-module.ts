import { UserError } from '../core/errors.js';
import { firstLine } from '../executor/first-line.js';
import { proposalProblem, type ProposalProblem } from '../search/proposal-problem.js';
import type { ProposalRequest } from '../search/sampler.js';
import type { UserModule } from './user-module.js';

type Callable = (...input: readonly unknown[]) => unknown;

/** What a function of a member must give, where what follows could not say whose fault it is. */
interface Promised {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  /** What is wrong with a value that fits, seen beside what the function was given. */
  readonly problem?: (value: never, input: readonly never[]) => ProposalProblem | undefined;
  /** Whether it may come later, as a promise. */
  readonly later?: true;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const anything: Promised = { expected: 'anything', fits: () => true };
const object: Promised = { expected: 'an object', fits: isRecord };
const list: Promised = { expected: 'a list', fits: Array.isArray };
const count: Promised = {
  expected: 'a whole number, at least 1',
  fits: (value) => Number.isInteger(value) && (value as number) >= 1,
};
/** Guarded in its turn. */
const callable: Promised = { expected: 'a function', fits: (value) => typeof value === 'function' };
const proposals: Promised = {
  ...list,
  problem: (proposed: readonly unknown[], [request]: readonly ProposalRequest<unknown>[]) =>
    proposalProblem(request!, proposed),
};
const loaded: Promised = { ...object, later: true };
const defaults: Promised = {
  expected: 'model: { name, … }, metrics: [{ name }, …], plainLoss: { <head>: name }',
  fits: (value) =>
    isRecord(value) &&
    isRecord(value['model']) &&
    Array.isArray(value['metrics']) &&
    value['metrics'].length > 0 &&
    isRecord(value['plainLoss']),
};

/** The functions of each kind of member that Lossmith calls. */
const FUNCTIONS = {
  tasks: { load: loaded, defaults },
  samplers: { check: anything, waveSize: count, propose: proposals },
  schedules: { compile: callable, breakpoints: list },
  metrics: { prepare: callable },
  models: { init: object, forward: object },
} as const satisfies Partial<Record<keyof UserModule, Readonly<Record<string, Promised>>>>;

/**
 * The members of a user's module with functions that tell the user's mistakes from those of Lossmith: what they throw
 * becomes a UserError `plugin` with the file, the member and the cause, unless it is a UserError already.
 */
export function guardModule(module: UserModule, file: string): UserModule {
  const guarded: Record<string, readonly object[]> = {};
  for (const [kind, functions] of Object.entries(FUNCTIONS)) {
    const members = module[kind as keyof typeof FUNCTIONS];
    if (members === undefined) continue;
    guarded[kind] = members.map((member) =>
      replaced(
        member,
        Object.entries(functions).map(([name, promised]) => {
          const body: unknown = member[name as never];
          const place = { file, path: `${kind}.${member.name}.${name}` };
          return [name, typeof body === 'function' ? guard(body as Callable, member, promised, place) : body];
        }),
      ),
    );
  }
  const losses = module.losses?.map((loss) => {
    const kinds = Object.entries(loss.perSample).map(([kind, body]) => {
      const place = { file, path: `losses.${loss.name}.perSample.${kind}` };
      return [kind, guard(body as Callable, loss.perSample, object, place)];
    });
    return replaced(loss, [['perSample', Object.fromEntries(kinds)]]);
  });
  return { ...module, ...guarded, ...(losses === undefined ? {} : { losses }) };
}

/** The member with other values under some keys: all else, getters and prototypes included, is its own. */
function replaced<Member extends object>(
  member: Member,
  values: readonly (readonly [key: string, value: unknown])[],
): Member {
  const properties = values
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, { value, enumerable: true }]);
  return Object.create(member, Object.fromEntries(properties) as PropertyDescriptorMap) as Member;
}

function guard(
  body: Callable,
  self: object,
  promised: Promised,
  place: { readonly file: string; readonly path: string },
): Callable {
  const refuse = (cause: unknown): never => {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      { code: 'plugin', message: 'the function throws', place, found: firstLine(cause) },
      { cause },
    );
  };
  const wrong = ({ message, ...rest }: ProposalProblem): UserError => {
    const general = 'the function gives the wrong thing';
    return new UserError({
      code: 'plugin',
      message: message === undefined ? general : `${general}: ${message}`,
      place,
      ...rest,
    });
  };
  const checked = (value: unknown, input: readonly unknown[]): unknown => {
    if (!promised.fits(value)) throw wrong({ found: textOf(value), expected: promised.expected });
    const problem = promised.problem?.(value as never, input as readonly never[]);
    if (problem !== undefined) throw wrong(problem);
    return promised === callable ? guard(value as Callable, self, anything, place) : value;
  };
  return (...input) => {
    let value: unknown;
    try {
      value = Reflect.apply(body, self, input);
    } catch (cause) {
      return refuse(cause);
    }
    if (!(value instanceof Promise)) return checked(value, input);
    if (promised.later === true) return value.then((given) => checked(given, input), refuse);
    // Nobody will wait for it, so its failure must not end the process.
    value.catch(() => undefined);
    throw wrong({ found: 'a promise', expected: `${promised.expected} at once: no async function` });
  };
}

/** What was given, for people: objects by their keys. */
function textOf(value: unknown): string {
  if (isRecord(value)) return `an object of ${Object.keys(value).join(', ') || 'nothing'}`;
  return typeof value === 'function' ? 'a function' : String(value);
}
