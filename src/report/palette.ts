/**
 * Colours as variables of the style sheet, which has a light and a dark value for each. The series colours are
 * those of Okabe & Ito (2008), which stay apart under the common forms of colour blindness; a dash pattern says the
 * same once more.
 */
export const COLOURS = {
  /** The found loss, the search, a gain. */
  found: 'var(--blue)',
  worse: 'var(--vermillion)',
  /** Controls and all that is not significant. */
  control: 'var(--grey)',
  ink: 'var(--ink)',
  faint: 'var(--rule)',
  paper: 'var(--paper)',
} as const;

const SERIES = ['blue', 'vermillion', 'green', 'purple', 'amber', 'sky'].map((name) => `var(--${name})`);
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 4'];

export interface SeriesStyle {
  readonly stroke: string;
  /** SVG `stroke-dasharray`. */
  readonly dash: string;
  /** In (0, 1]. */
  readonly opacity: number;
}

/** Look of the series with a number; 36 differ. */
export function seriesStyle(index: number): SeriesStyle {
  const turn = index % SERIES.length;
  const round = Math.floor(index / SERIES.length);
  return { stroke: SERIES[turn]!, dash: DASHES[(turn + round) % DASHES.length]!, opacity: 1 };
}
