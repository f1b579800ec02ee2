import { Presets, SingleBar } from 'cli-progress';
import type { Clock } from '../core/clock.js';
import { numberText } from '../statistics/number-text.js';
import { SEARCH_ARM } from '../study/arm.js';
import { totalViolationOf } from '../study/constraints.js';
import { isPiece } from '../study/descents.js';
import type { Experiment } from '../study/experiment.js';
import type { StudyNews } from '../study/study-context.js';
import { scoreOf } from '../study/read-outcome.js';

export interface ProgressOptions {
  readonly experiment: Experiment;
  /** Whether the sampler of the search plans its own rounds, so that its trials are pieces of trainings. */
  readonly plansRounds: boolean;
  /** Training planned, in evaluations. */
  readonly plannedUnits: number;
  readonly direction: 'maximize' | 'minimize';
  readonly quiet: boolean;
  readonly output: NodeJS.WriteStream;
  readonly clock: Clock;
}

export interface Progress {
  tell(news: StudyNews): void;
  /** A line of its own. */
  note(text: string): void;
  end(): void;
}

/** Milliseconds between plain lines where the output is no terminal. */
const LINE_EVERY = 5000;

interface Counts {
  units: number;
  trials: number;
  pieces: number;
  pruned: number;
  diverged: number;
  failed: number;
  rejected: number;
  best: number | undefined;
  stage: string;
}

function count(counts: Counts, news: StudyNews, options: ProgressOptions): void {
  switch (news.kind) {
    case 'stage':
      counts.stage = news.stage;
      return;
    case 'note':
      return;
    case 'piece':
      counts.units += news.units;
      return;
    case 'told': {
      const { outcome, stage, arm } = news.record;
      counts.trials += 1;
      if (isPiece(news.record, options.plansRounds)) counts.pieces += 1;
      else if (outcome.state !== 'completed') counts[outcome.state] += 1;
      const score = scoreOf(outcome, options.experiment.metrics[0]!.key);
      if (stage !== 'search' || arm !== SEARCH_ARM || score === undefined || outcome.state !== 'completed')
        return;
      if (totalViolationOf(options.experiment.constraints ?? [], outcome.metrics) > 0) return;
      const sign = options.direction === 'maximize' ? 1 : -1;
      if (counts.best === undefined || sign * score > sign * counts.best) counts.best = score;
    }
  }
}

/** `12 trials, best 0.713, 3 pruned, 1 diverged`: what is zero is left out. */
function summary(counts: Counts): string {
  const parts = [`${counts.trials} trials`];
  if (counts.best !== undefined) parts.push(`best ${numberText(counts.best)}`);
  if (counts.pieces > 0) parts.push(`${counts.pieces} of them pieces that went on or ended by plan`);
  for (const state of ['pruned', 'diverged', 'rejected', 'failed'] as const) {
    if (counts[state] > 0) parts.push(`${counts[state]} ${state}`);
  }
  return parts.join(', ');
}

/** Time left at the pace so far, as `1 m 20 s`. */
function timeLeft(done: number, planned: number, elapsedMs: number): string {
  if (done === 0) return '?';
  const seconds = Math.max(0, Math.round(((elapsedMs / done) * (planned - done)) / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}

/** A bar on a terminal, plain lines elsewhere; when quiet only what a trial's numbers depend on: the notes. */
export function createProgress(options: ProgressOptions): Progress {
  const counts: Counts = {
    ...{ units: 0, trials: 0, pieces: 0, pruned: 0, diverged: 0, failed: 0, rejected: 0 },
    ...{ best: undefined, stage: 'search' },
  };
  const { output, plannedUnits, clock, quiet } = options;
  const began = clock.now();
  const left = (): string =>
    timeLeft(Math.min(counts.units, plannedUnits), plannedUnits, clock.now() - began);
  const noted = new Set<string>();
  const follow = (news: StudyNews): void => {
    count(counts, news, options);
    if (news.kind !== 'note' || noted.has(news.text)) return;
    noted.add(news.text);
    output.write(`${output.isTTY && !quiet ? '\n' : ''}lossmith: ${news.text}\n`);
  };
  if (quiet) return { tell: follow, note: () => undefined, end: () => undefined };
  if (output.isTTY) {
    const bar = new SingleBar(
      { format: '{stage} [{bar}] {percentage}% | {summary} | {left} left', stream: output, hideCursor: true },
      Presets.shades_grey,
    );
    bar.start(plannedUnits, 0, { stage: counts.stage, summary: '', left: '?' });
    const update = (): void =>
      bar.update(Math.min(counts.units, plannedUnits), {
        stage: counts.stage,
        summary: summary(counts),
        left: left(),
      });
    return {
      tell: (news) => {
        follow(news);
        update();
      },
      note: (text) => void output.write(`\n${text}\n`),
      end: () => {
        update();
        bar.stop();
      },
    };
  }
  let lastLine = began;
  const line = (): void => {
    lastLine = clock.now();
    const percent = Math.floor((100 * Math.min(counts.units, plannedUnits)) / plannedUnits);
    output.write(`${counts.stage}: ${percent} %, ${summary(counts)}, ${left()} left\n`);
  };
  return {
    tell: (news) => {
      follow(news);
      if (news.kind === 'stage' || clock.now() - lastLine >= LINE_EVERY) line();
    },
    note: (text) => void output.write(`${text}\n`),
    end: () => undefined,
  };
}
