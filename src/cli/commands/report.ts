import { join } from 'node:path';
import { classCounts } from '../../engine/class-counts.js';
import { writeFileWhole } from '../../export/write-file-whole.js';
import { buildReportModel } from '../../report/build-report-model.js';
import { renderReport } from '../../report/render-report.js';
import { reloadExperiment } from '../../study/reload-experiment.js';
import { readStudy } from '../../study/open-study.js';
import { readStudyFacts } from '../../study/study-facts.js';
import { useBackend } from '../../tensor/index.js';

/** `lossmith report DIR`. The cpu backend draws the found loss: it is there wherever Lossmith is. */
export async function reportCommand(folder: string, options: { readonly out?: string }): Promise<void> {
  const study = readStudy(folder);
  try {
    const { provenance } = study;
    const { registries, data } = await reloadExperiment(provenance, provenance.dataFolders);
    await useBackend('cpu');
    const model = buildReportModel({
      facts: readStudyFacts(study.journal, provenance),
      registries,
      heads: data.heads,
      classCounts: classCounts(data),
    });
    const file = options.out ?? join(folder, 'report.html');
    writeFileWhole(file, renderReport(model));
    process.stdout.write(`${file}\n`);
  } finally {
    study.close();
  }
}
