#!/usr/bin/env node
import { CommanderError } from 'commander';
import { UserError, renderUserError } from '../core/errors.js';
import { dropUnreadOutput } from '../executor/drop-unread-output.js';
import { createProgram } from './program.js';
import { watchEnd } from './watch-end.js';

/** The user's input is at fault. */
const EXIT_USER_ERROR = 2;
/** Lossmith is at fault (EX_SOFTWARE of sysexits.h). */
const EXIT_BUG = 70;

dropUnreadOutput((code) => {
  process.stderr.write(`lossmith: the standard output cannot be written (${code})\n`);
  process.exitCode = EXIT_USER_ERROR;
});

const sayUserError = (error: UserError): void => {
  process.stderr.write(`lossmith: ${renderUserError(error)}\n`);
  process.exitCode = EXIT_USER_ERROR;
};
const commandDone = watchEnd(sayUserError);

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version end this way too, with code 0; commander has printed what there is to say.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USER_ERROR;
  } else if (error instanceof UserError) {
    sayUserError(error);
  } else {
    process.stderr.write(
      `lossmith: a bug; please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = EXIT_BUG;
  }
} finally {
  commandDone();
}
