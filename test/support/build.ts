import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Compiles src to dist once before the tests: worker processes and the command run from dist. */
export default function build(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (process.env['LOSSMITH_SKIP_BUILD'] !== undefined) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
}
