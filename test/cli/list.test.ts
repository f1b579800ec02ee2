import { describe, expect, it } from 'vitest';
import { LIST_KINDS, type ListKind } from '../../src/cli/list-kinds.js';
import { listedMembers } from '../../src/cli/listed-members.js';

/** Their options are not described yet; an entry of a space has no meaning but its name. */
const WITHOUT: readonly ListKind[] = ['models', 'optimizers', 'schedules', 'spaces'];

describe('lossmith list', () => {
  it.each(LIST_KINDS.filter((kind) => !WITHOUT.includes(kind)))(
    'says of every option of %s what it means, in a line that a terminal holds',
    async (kind) => {
      const members = await listedMembers(kind);
      expect(members).not.toHaveLength(0);
      for (const member of members) {
        for (const { name, description = '' } of member.options()) {
          expect([member.name, name, description]).not.toContain('');
          // The word for an option stands before it: no sentences, no markup.
          expect(description).not.toMatch(/\.$|`/);
          expect(description.length).toBeLessThanOrEqual(140);
        }
      }
    },
  );
});
