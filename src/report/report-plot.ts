import type { PlotOptions } from '@observablehq/plot';
import type { Named } from '../core/registry.js';
import type { SeriesStyle } from './palette.js';
import type { ReportModel } from './report-model.js';

/** One coordinate system. */
export interface Panel {
  /** Heading above the panel, where a figure has several. */
  readonly title?: string;
  /** What there is to see, in one sentence: read aloud in place of the picture. */
  readonly description: string;
  readonly options: PlotOptions;
}

export interface LegendEntry {
  readonly name: string;
  readonly style: SeriesStyle;
}

/** Panels to draw, or the sentence that stands in their place. */
export type Drawing =
  | {
      readonly state: 'drawn';
      readonly panels: readonly Panel[];
      readonly legend: readonly LegendEntry[];
      /** Further sentences of the caption that depend on the study. */
      readonly remarks: readonly string[];
    }
  | { readonly state: 'empty'; readonly sentence: string };

/** Parts of the report that hold figures. */
export type ReportSection = 'comparisons' | 'found-loss' | 'search';

/** A figure of the report. Its `summary` is the caption. */
export interface ReportPlot extends Named {
  readonly title: string;
  /** Where in the report it stands. */
  readonly section: ReportSection;
  /** False where the figure has no place in the report of such a study; absent: it always has. */
  readonly applies?: (model: ReportModel) => boolean;
  /** Pure: equal models give equal drawings. Never throws on a model without the data it needs. */
  draw(model: ReportModel): Drawing;
}

/** Width of a figure in pixels; two panels share it. */
export const FIGURE_WIDTH = 840;

/** Pixels between two panels in a row; the style sheet has the same. */
export const PANEL_GAP = 16;
