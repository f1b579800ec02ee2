import { join } from 'node:path';
import { writeFileWhole } from '../../export/write-file-whole.js';
import { buildReportModel } from '../../report/build-report-model.js';
import { renderReport } from '../../report/render-report.js';
import { checkSameStudy } from '../../study/check-same-study.js';
import { reloadRegistries } from '../../study/reload-experiment.js';
import { readStudy } from '../../study/open-study.js';
import { readStudyFacts } from '../../study/study-facts.js';
import { useBackend } from '../../tensor/index.js';

/** `lossmith report DIR`, from the journal and the user's modules alone. The cpu backend draws the found loss: it is there wherever Lossmith is. */
export async function reportCommand(folder: string, options: { readonly out?: string }): Promise<void> {
  const study = readStudy(folder);
  try {
    const { provenance } = study;
    if (options.out === undefined) checkSameStudy(folder, provenance);
    const registries = await reloadRegistries(provenance.experiment);
    await useBackend('cpu');
    const model = buildReportModel({
      facts: readStudyFacts(study.journal, provenance),
      registries,
      heads: provenance.heads,
      classCounts: Object.fromEntries(
        Object.entries(provenance.classCounts).map(([head, counts]) => [head, Float32Array.from(counts)]),
      ),
      targetDeviations: provenance.targetDeviations ?? {},
    });
    const file = options.out ?? join(folder, 'report.html');
    writeFileWhole(file, renderReport(model));
    process.stdout.write(`${file}\n`);
  } finally {
    study.close();
  }
}
