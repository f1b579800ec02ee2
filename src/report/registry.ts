import { createRegistry, type Registry } from '../core/registry.js';
import { bestSoFar } from './plots/best-so-far.js';
import { forest } from './plots/forest.js';
import { hypervolumeHistory } from './plots/hypervolume-history.js';
import { learningCurves } from './plots/learning-curves.js';
import { lossShape } from './plots/loss-shape.js';
import { parameterImportance } from './plots/parameter-importance.js';
import { paretoFront } from './plots/pareto-front.js';
import { sampleWeights } from './plots/sample-weights.js';
import { schedules } from './plots/schedules.js';
import { searchAgainstSelection } from './plots/search-against-selection.js';
import { stateCounts } from './plots/state-counts.js';
import type { ReportPlot } from './report-plot.js';

/** The figures of the report. */
export const builtinPlots: Registry<ReportPlot> = createRegistry('plot', [
  forest,
  lossShape,
  schedules,
  sampleWeights,
  bestSoFar,
  paretoFront,
  hypervolumeHistory,
  searchAgainstSelection,
  learningCurves,
  stateCounts,
  parameterImportance,
]);
