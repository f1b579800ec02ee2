import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whatever tests and their processes leave in the folder for temporary files goes when the run ends. */
export default function temporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'lossmith-tests-'));
  // Some tests run the command as another user.
  chmodSync(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
