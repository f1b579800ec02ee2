import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figure } from '../../src/report/figure.js';
import { builtinPlots } from '../../src/report/registry.js';
import { renderReport } from '../../src/report/render-report.js';
import type { HistoryTrial, ReportModel } from '../../src/report/report-model.js';
import type { Drawing } from '../../src/report/report-plot.js';
import { emptyModel, finishedModel } from './support/models.js';

function drawn(drawing: Drawing): Extract<Drawing, { state: 'drawn' }> {
  if (drawing.state !== 'drawn') throw new Error(drawing.sentence);
  return drawing;
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Models at the edges of what a study can hold. */
const edgeCases: Readonly<Record<string, (model: ReportModel) => ReportModel>> = {
  'every trial failed': (model) => ({
    ...model,
    history: {
      ...model.history,
      trials: model.history.trials.map(({ trial, arm, fidelity }) => ({ trial, arm, fidelity })),
    },
  }),
  'one trial': (model) => ({
    ...model,
    history: { trials: [{ trial: 0, arm: 'a', value: 0.5, fidelity: 1 }], controls: [] },
    leaderboard: model.leaderboard.slice(0, 1),
    learningCurves: model.learningCurves.slice(0, 1).map(({ name, points }) => ({
      name,
      points: points.slice(0, 1),
    })),
  }),
  'all scores equal': (model) => ({
    ...model,
    history: {
      trials: [0, 1, 2].map((trial) => ({ trial, arm: 'a', value: 0, fidelity: 1 })),
      controls: [{ name: 'c', value: 0 }],
    },
    leaderboard: model.leaderboard.map((row) => ({
      ...row,
      stages: { search: { mean: 0, count: 1 }, selection: { mean: 0, count: 1 } },
    })),
  }),
  'numbers that are not finite': (model) => ({
    ...model,
    history: {
      trials: [
        { trial: 0, arm: 'a', value: NaN, fidelity: 1 },
        { trial: 1, arm: 'a', value: Infinity, fidelity: 1 },
        { trial: 2, arm: 'a', value: 0.5, fidelity: 0.5 },
      ],
      controls: [{ name: 'c', value: NaN }],
    },
    leaderboard: model.leaderboard.map((row, index) => ({
      ...row,
      stages: { search: { mean: index === 0 ? NaN : index, count: 1 }, selection: { mean: index, count: 1 } },
    })),
    learningCurves: model.learningCurves.map(({ name }) => ({
      name,
      points: [{ step: 1, trainLoss: NaN, validationScore: -Infinity }],
    })),
    lossShape: {
      axis: 'x',
      series: [{ name: 'l', role: 'found', points: [{ x: 0, value: Infinity, gradient: NaN }] }],
    },
    schedules: [{ parameter: 'p', points: [{ progress: 0, value: NaN }] }],
  }),
  'one trial of two objectives': (model) => ({
    ...model,
    front: {
      objectives: model.front!.objectives.slice(0, 2),
      points: [{ ...model.front!.points[4]!, scores: [0.5, 0] }],
      reference: [0.4, 0.1],
      hypervolumes: [{ arm: 'search', points: [{ trial: 0, share: 1 }] }],
    },
  }),
  'nothing that keeps the constraints': (model) => ({
    ...model,
    front: {
      ...{ objectives: model.front!.objectives, hypervolumes: [], constraints: 'auroc at least 2' },
      points: model.front!.points.map((point) => ({ ...point, feasible: false, onFront: false })),
    },
  }),
};

describe.each(builtinPlots.members.map((plot) => [plot.name, plot] as const))('plot %s', (_, plot) => {
  it('draws a finished study, with words for those who do not see it', () => {
    const { panels } = drawn(plot.draw(finishedModel()));
    expect(panels.length).toBeGreaterThan(0);
    const { markup } = figure(plot, finishedModel());
    expect(count(markup, /<svg role="img" aria-label="[^"]{20,}"/g)).toBe(panels.length);
    expect(markup).toContain('<figcaption>');
    expect(markup).toContain(`aria-labelledby="${plot.name}"`);
    // Plot marks what it takes for mistakes with this sign.
    expect(markup).not.toContain('⚠');
  });

  it('says in a sentence what is missing from an empty one', () => {
    const drawing = plot.draw(emptyModel());
    expect(drawing.state === 'empty' ? drawing.sentence : '').toMatch(/^[A-Z].+\.$/);
    expect(figure(plot, emptyModel()).markup).not.toContain('<svg');
  });

  it('gives equal markup for equal models, whatever was drawn in between', () => {
    const first = figure(plot, finishedModel()).markup;
    builtinPlots.members.forEach((other) => figure(other, finishedModel()));
    expect(figure(plot, finishedModel()).markup).toBe(first);
  });

  it.each(Object.entries(edgeCases))('stands %s', (_case, change) => {
    for (const direction of ['maximize', 'minimize'] as const) {
      const model = change({ ...finishedModel(), metric: { key: 'm', direction } });
      const { markup } = figure(plot, model);
      expect(markup).not.toMatch(/="[^"]*(NaN|Infinity)/);
      expect(markup).not.toContain('⚠');
    }
  });
});

describe('best-so-far', () => {
  const plot = builtinPlots.get('best-so-far');
  const trials = fc.array(
    fc.record({
      arm: fc.constantFrom('a', 'b'),
      value: fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined }),
      fidelity: fc.constantFrom(0.5, 1),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('ends at the best score of the trials that trained longest', () => {
    fc.assert(
      fc.property(trials, fc.constantFrom('maximize' as const, 'minimize' as const), (list, direction) => {
        const history: HistoryTrial[] = list.map(({ arm, value, fidelity }, trial) => ({
          trial,
          arm,
          fidelity,
          ...(value === undefined ? {} : { value }),
        }));
        const model = {
          ...emptyModel(),
          metric: { key: 'm', direction },
          history: { trials: history, controls: [] },
        };
        const drawing = plot.draw(model);
        const scores = list.filter(({ value }) => value !== undefined);
        if (scores.length === 0) {
          expect(drawing.state).toBe('empty');
          return;
        }
        const longest = Math.max(...scores.map(({ fidelity }) => fidelity));
        const { description } = drawn(drawing).panels[0]!;
        for (const arm of new Set(scores.map((trial) => trial.arm))) {
          const own = scores
            .filter((trial) => trial.arm === arm && trial.fidelity === longest)
            .map(({ value }) => value!);
          if (own.length === 0) continue;
          const best = direction === 'maximize' ? Math.max(...own) : Math.min(...own);
          expect(description).toContain(`${arm} reached ${String(best).replace('-', '−')}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('draws every scored trial that it does not count as outside', () => {
    const model = finishedModel();
    const outlier = { trial: 160, arm: 'evolution', value: 0.1, fidelity: 1 };
    const history = { ...model.history, trials: [...model.history.trials, outlier] };
    const { markup } = figure(plot, { ...model, history });
    const scored = history.trials.filter(({ value }) => value !== undefined).length;
    const outside = Number(/(\d+) scores? lies? outside/.exec(markup)![1]);
    expect(outside).toBeGreaterThanOrEqual(1);
    expect(count(markup, /<circle/g)).toBe(scored - outside);
  });
});

describe('a search of more trials than a call has arguments', () => {
  const numbers = Array.from({ length: 200_000 }, (_, trial) => trial);
  const model = finishedModel();

  it('has its best score so far drawn', () => {
    const trials = numbers.map((trial) => ({ trial, arm: 'a', value: trial / numbers.length, fidelity: 1 }));
    const drawing = builtinPlots.get('best-so-far').draw({ ...model, history: { trials, controls: [] } });
    expect(drawn(drawing).panels[0]!.description).toContain('over 200000 trials; a reached 1');
    expect(drawn(drawing).panels[0]!.options.x).toMatchObject({ domain: [0, 199_999] });
  });

  it('has its hypervolume drawn', () => {
    const points = numbers.map((trial) => ({ trial, share: trial / numbers.length }));
    const front = { ...model.front!, hypervolumes: [{ arm: 'a', points }] };
    const drawing = builtinPlots.get('hypervolume-history').draw({ ...model, front });
    expect(drawn(drawing).panels[0]!.options.x).toMatchObject({ domain: [0, 199_999] });
  });
});

describe('pareto-front and hypervolume-history', () => {
  it('stand in the report of a search for several objectives alone', () => {
    const { front, ...single } = finishedModel();
    for (const plot of ['pareto-front', 'hypervolume-history']) {
      expect(builtinPlots.get(plot).applies!({ ...single, front: front! })).toBe(true);
      expect(builtinPlots.get(plot).applies!(single)).toBe(false);
      expect(renderReport({ ...single, front: front! })).toContain(`aria-labelledby="${plot}"`);
      expect(renderReport(single)).not.toContain(plot);
    }
    expect(renderReport(single)).not.toContain('Pareto');
  });

  it('draw every trial that is not counted as outside, and what misses a constraint as a cross', () => {
    const model = finishedModel();
    const two = {
      ...model,
      front: {
        ...model.front!,
        objectives: model.front!.objectives.slice(0, 2),
        points: model.front!.points.map((point) => ({ ...point, scores: point.scores.slice(0, 2) })),
      },
    };
    const { markup } = figure(builtinPlots.get('pareto-front'), two);
    const outside = Number(/(\d+) trials? lies? outside/.exec(markup)?.[1] ?? 0);
    const missed = two.front.points.filter(({ feasible }) => !feasible).length;
    expect(markup).toContain(`log-loss at most 0.48): ${missed} trials`);
    const drawnDots = count(markup, /<circle/g);
    const groups = [...markup.matchAll(/<g [^>]*aria-label="dot"[^>]*>.*?<\/g>/gs)].map(([group]) => group);
    const crosses = groups.reduce((sum, group) => sum + count(group, /<path/g), 0);
    expect(drawnDots + crosses).toBe(two.front.points.length - outside);
    expect(drawnDots).toBeGreaterThan(0);
    expect(crosses).toBeGreaterThan(0);
  });

  it('list the front by the primary metric', () => {
    const page = renderReport(finishedModel());
    const body = page.slice(page.indexOf('The Pareto front of the search on'));
    const scores = [
      ...body.slice(0, body.indexOf('</table>')).matchAll(/<td class="number">(0\.[78]\d+)<\/td>/g),
    ];
    const values = scores.map(([, text]) => Number(text));
    expect(values).toHaveLength(8);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});

describe('forest', () => {
  it('has a row for every control that was compared and fills the dots of what is significant', () => {
    const model = finishedModel();
    const { markup } = figure(builtinPlots.get('forest'), model);
    const findings = model.verdict!.comparisons.map(({ finding }) => finding);
    const significant = findings.filter((finding) => finding === 'better' || finding === 'worse').length;
    const compared = findings.filter((finding) => finding !== 'not-compared').length;
    expect(significant).toBe(3);
    expect(count(markup, /<circle/g)).toBe(compared);
    expect(count(markup, /<circle[^>]*fill="var\(--paper\)"/g)).toBe(compared - significant);
    for (const { control, finding } of model.verdict!.comparisons) {
      expect(markup.includes(`>${control}<`)).toBe(finding !== 'not-compared');
    }
  });

  it('keeps rows apart whose names begin alike', () => {
    const model = finishedModel();
    const long = 'a control with a name that is far too long for the margin, number ';
    const comparisons = model.verdict!.comparisons.map((item, index) => ({ ...item, control: long + index }));
    const { markup } = figure(builtinPlots.get('forest'), {
      ...model,
      verdict: { ...model.verdict!, comparisons },
    });
    const heights = [...markup.matchAll(/<circle[^>]*cy="([\d.]+)"/g)].map(([, y]) => y);
    expect(new Set(heights).size).toBe(5);
  });
});
