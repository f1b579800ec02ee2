import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withReferenceRows } from '../../scripts/reference-table.js';
import { ROOT } from '../support/lossmith.js';

const TEXT =
  'Before.\n\n| experiment | verdict | found |\n|---|---|---|\n| `a` | old | old |\n| `b` | kept | kept |\n\nAfter.\n';

describe('the table of the reference leaderboards', () => {
  it('gets the rows of the experiments that were run; the others and the text are left as they are', () => {
    const rows = [
      { experiment: 'a', verdict: 'new | verdict', found: 'focal' },
      { experiment: 'c', verdict: 'first', found: '' },
    ];
    const text = withReferenceRows(TEXT, rows);
    expect(text).toBe(
      TEXT.replace('| old | old |', '| new \\| verdict | focal |').replace(
        'kept |\n',
        'kept |\n| `c` | first |  |\n',
      ),
    );
    expect(withReferenceRows(text, rows)).toBe(text);
  });

  it('is in the README beside the leaderboards', () => {
    const readme = readFileSync(join(ROOT, 'results/reference/README.md'), 'utf8');
    const changed = withReferenceRows(readme, [{ experiment: 'quickstart', verdict: 'V', found: 'F' }]);
    expect(changed.split('\n')).toHaveLength(readme.split('\n').length);
    expect(changed).toContain('| `quickstart` | V | F |');
    expect(() => withReferenceRows('no table', [])).toThrow(/no table/);
  });
});
