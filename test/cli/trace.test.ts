import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder, lossmith } from '../support/lossmith.js';

const MODULE = `import { ops } from 'lossmith';
const squares = ({ prediction, target }) => ops.square(ops.sub(prediction, target));
const loss = (name, binary) => ({ name, summary: name, parameters: [], perSample: { binary }, source: 'me' });
export const losses = [
  loss('good', (inputs) => ops.mean(squares(inputs), -1)),
  loss('wide', squares),
  loss('reads', (inputs) => ops.mul(ops.mean(squares(inputs), -1), inputs.target.dataSync()[0])),
  loss('late', async (inputs) => ops.mean(squares(inputs), -1)),
];
`;

/** An experiment that evaluates a loss of the module, with no space. */
function experiment(loss: string): string {
  const folder = freshFolder();
  writeFileSync(join(folder, 'mine.mjs'), MODULE);
  const file = join(folder, 'mine.yaml');
  const task = 'task: { name: mixture, size: 300 }\ntraining: { steps: 20, batchSize: 16, evaluations: 2 }';
  writeFileSync(file, `name: mine\nuse: [./mine.mjs]\n${task}\ncandidate: { loss: { name: ${loss} } }\n`);
  return file;
}

describe('lossmith trace', () => {
  it('shows the passes of a step, and that the engines agree on it', async () => {
    const { code, stdout, stderr } = await lossmith('trace', experiment('good'), '--summary', '--check');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^traced +\d+ nodes +\d+\.\d+ MFLOP a member and step$/);
    expect(lines.some((line) => line.startsWith('vectorise'))).toBe(true);
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^agrees with eager after 1 step: largest relative difference \d/),
      expect.stringMatching(/^agrees with eager after 20 steps: /),
    ]);
  });

  it.each([
    ['wide', /the loss wide has no value per sample \(found shape \[16, 1\], expected \[16\]\)/],
    ['reads', /the values of a tensor are read .*mine\.mjs:7.*ops\.where/],
    ['late', /mine\.mjs: losses\.late\.perSample\.binary: .*found a promise, expected .*no async function/],
  ])('says in one line what is wrong with a loss (%s), with exit code 2', async (loss, message) => {
    const { code, stderr } = await lossmith('trace', experiment(loss), '--summary');
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });
});
