import { UserError, type Place } from '../core/errors.js';

/** esbuild's own line of an error, below its heading: `FILE:LINE:COLUMN: ERROR: what`. Columns count from 0. */
const AT_PLACE = /^(.+):(\d+):(\d+): ERROR: (.+)$/m;

/** Why a module of a user does not load, at the place where that is known. */
export function moduleProblem(error: unknown, file: string): UserError {
  const { place, reason } = syntaxProblem(error) ?? { place: { file }, reason: firstLine(error) };
  return new UserError({ code: 'plugin', message: 'the module does not load', place, found: reason });
}

/** TypeScript that does not compile; the file may be one that the module imports. */
function syntaxProblem(error: unknown): { readonly place: Place; readonly reason: string } | undefined {
  if (!(error instanceof Error) || error.name !== 'TransformError') return undefined;
  const [, file, line, column, text] = AT_PLACE.exec(error.message) ?? [];
  if (file === undefined) return undefined;
  return {
    place: { file, line: Number(line), column: Number(column) + 1 },
    reason: `SyntaxError: ${text!}`,
  };
}

const firstLine = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.split('\n', 1)[0]}` : String(error);
