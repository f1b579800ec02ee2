/** Where in a user's input something is wrong. Every field is optional: say what is known. */
export interface Place {
  /** Path of the file as the user gave it. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** Path of the entry inside the file, such as `search.sampler.name`. */
  readonly path?: string;
}

/** What kind of input was wrong. Tests and callers branch on it, never on the message. */
export type UserErrorCode =
  | 'usage'
  | 'file-missing'
  | 'file-unreadable'
  | 'yaml'
  | 'schema'
  | 'unknown-name'
  | 'space'
  | 'candidate'
  | 'data'
  | 'plugin'
  | 'backend'
  | 'study'
  | 'unsupported'
  | 'untraceable';

export interface UserErrorDetails {
  readonly code: UserErrorCode;
  /** One sentence without a full stop: what is wrong. */
  readonly message: string;
  readonly place?: Place;
  readonly found?: string;
  readonly expected?: string;
}

/**
 * Something the user can mend: a bad file, a missing column, an impossible space. The command prints it as one
 * line and exits with 2. Anything else that is thrown is a bug: stack trace, exit code 70.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;
  readonly place: Place;
  readonly found: string | undefined;
  readonly expected: string | undefined;

  /** @param options the cause, where another error is behind it */
  constructor(details: UserErrorDetails, options?: ErrorOptions) {
    super(details.message, options);
    this.code = details.code;
    this.place = details.place ?? {};
    this.found = details.found;
    this.expected = details.expected;
  }

  /** The same error at another place. */
  movedTo(place: Place): UserError {
    return new UserError(
      {
        code: this.code,
        message: this.message,
        place,
        ...(this.found === undefined ? {} : { found: this.found }),
        ...(this.expected === undefined ? {} : { expected: this.expected }),
      },
      this.cause === undefined ? undefined : { cause: this.cause },
    );
  }

  /** The same error with more of the place known; what is known already wins, and places in two files do not mix. */
  at(place: Place): UserError {
    const elsewhere = this.place.file !== undefined && this.place.file !== place.file;
    return this.movedTo(elsewhere ? this.place : { ...place, ...this.place });
  }
}

/** Characters of one part of a message: what was found may be a whole file. */
const LONGEST_PART = 160;
/** The names to choose from may be many, and are what the user needs. */
const LONGEST_LIST = 600;

const shortened = (text: string, longest = LONGEST_PART): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}…`;

/** `file:line:column: path: message (found …, expected …)` on one line. */
export function renderUserError(error: UserError): string {
  const { file, line, column, path } = error.place;
  const where = [file === undefined ? undefined : shortened(file, LONGEST_LIST), line, column]
    .filter((part) => part !== undefined)
    .join(':');
  const detail = [
    error.found === undefined ? undefined : `found ${shortened(error.found)}`,
    error.expected === undefined ? undefined : `expected ${shortened(error.expected, LONGEST_LIST)}`,
  ].filter((part) => part !== undefined);
  const text = [
    where,
    path === undefined ? undefined : shortened(path),
    shortened(error.message, LONGEST_LIST),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  const whole = detail.length === 0 ? text : `${text} (${detail.join(', ')})`;
  return whole.replace(/\s+/g, ' ').trim();
}
