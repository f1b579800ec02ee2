import { UserError, type Place } from './errors.js';

/** Anything that a registry holds: a plain object with a unique name and one line that says what it is. */
export interface Named {
  /** kebab-case, as written in files. */
  readonly name: string;
  /** One line for `lossmith list`. */
  readonly summary: string;
}

export interface Registry<Member extends Named> {
  /** What a member is called in messages: 'loss', 'sampler'. */
  readonly kind: string;
  readonly members: readonly Member[];
  has(name: string): boolean;
  /** @throws UserError `unknown-name`, with the nearest name, when there is none. */
  get(name: string): Member;
  /**
   * A new registry with more members.
   * @param place where they come from, for the error.
   * @throws UserError `plugin` on a name that is taken.
   */
  with(more: readonly Member[], place?: Place): Registry<Member>;
}

export function createRegistry<Member extends Named>(
  kind: string,
  members: readonly Member[],
  place?: Place,
): Registry<Member> {
  const byName = new Map<string, Member>();
  for (const member of members) {
    if (byName.has(member.name)) {
      throw new UserError({
        code: 'plugin',
        message: `the ${kind} name "${member.name}" is registered twice`,
        ...(place === undefined ? {} : { place }),
      });
    }
    byName.set(member.name, member);
  }
  return {
    kind,
    members,
    has: (name) => byName.has(name),
    get: (name) => {
      const member = byName.get(name);
      if (member !== undefined) return member;
      throw unknownName(kind, name, [...byName.keys()]);
    },
    with: (more, from) => createRegistry(kind, [...members, ...more], from),
  };
}

/** A name without what people write in different ways: `NSGAII`, `cma_es`, `Cma-Es`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The error for a name that is not among the known ones; proposes the nearest spelling, whatever its case. */
export function unknownName(kind: string, name: string, known: readonly string[]): UserError {
  const ranked = known
    .map((candidate) => {
      const exact = editDistance(name, candidate);
      const same = plain(name) === plain(candidate) && plain(name) !== '';
      return { candidate, distance: same ? 0 : exact, exact };
    })
    .sort((a, b) => a.distance - b.distance || a.exact - b.exact || (a.candidate < b.candidate ? -1 : 1));
  const nearest = ranked[0];
  const close = nearest !== undefined && nearest.distance <= Math.max(2, Math.floor(name.length / 3));
  return new UserError({
    code: 'unknown-name',
    message: close ? `unknown ${kind}; did you mean "${nearest.candidate}"?` : `unknown ${kind}`,
    found: JSON.stringify(name),
    expected: `one of ${known.join(', ')}`,
  });
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
