import { availableParallelism, cpus, totalmem } from 'node:os';
import { systemClock } from '../../core/clock.js';
import { renderUserError, UserError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { builtinEngines } from '../../engine/registry.js';
import { probeBackends } from '../../tensor/index.js';

interface Finding {
  readonly item: string;
  readonly state: string;
  readonly advice?: string;
}

/** `lossmith doctor`: what this machine has. */
export async function doctorCommand(options: { readonly json?: boolean }): Promise<void> {
  const findings = await findOut();
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(findings, undefined, 2)}\n`);
    return;
  }
  for (const { item, state, advice } of findings) {
    process.stdout.write(`${item}: ${state}\n${advice === undefined ? '' : `  -> ${advice}\n`}`);
  }
}

async function findOut(): Promise<readonly Finding[]> {
  const cores = availableParallelism();
  const backends = await probeBackends();
  const chosen = backends.find(({ available }) => available);
  return [
    { item: 'lossmith', state: VERSION },
    { item: 'node', state: `${process.versions.node} on ${process.platform}-${process.arch}` },
    { item: 'processor', state: `${cores} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}` },
    { item: 'memory', state: `${(totalmem() / 2 ** 30).toFixed(1)} GiB` },
    ...backends.map(({ name, available, reason }): Finding => ({
      item: `backend ${name}`,
      state: available ? 'loads' : `does not load: ${reason ?? 'unknown reason'}`,
      ...(name === 'tensorflow' && !available
        ? {
            advice:
              'optional: npm install @tensorflow/tfjs-node where its download is allowed, or scripts/build-tfjs-node.sh',
          }
        : {}),
    })),
    {
      item: 'backend in use (auto)',
      state: chosen?.name ?? 'none',
      ...(chosen === undefined ? { advice: 'npm ci again: the wasm and cpu backends come with it' } : {}),
    },
    ...(await engineFindings()),
    { item: 'workers', state: `${cores} by default (--workers), one thread each` },
    await journalFinding(),
  ];
}

async function engineFindings(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { name, unavailable } of builtinEngines.members) {
    const reason = await unavailable();
    findings.push({
      item: `engine ${name}`,
      state: reason === undefined ? 'works' : `does not work: ${reason}`,
      ...(reason === undefined
        ? {}
        : { advice: 'npm ci again, on this platform; until then, --engine eager' }),
    });
  }
  return findings;
}

/** Does SQLite load? It is a native library, one for each platform. */
async function journalFinding(): Promise<Finding> {
  try {
    const { openJournal } = await import('../../journal/sqlite-journal.js');
    openJournal(':memory:', systemClock).close();
    return { item: 'journal (SQLite)', state: 'works' };
  } catch (error) {
    return {
      item: 'journal (SQLite)',
      state: `does not work: ${error instanceof UserError ? renderUserError(error) : String(error)}`,
      advice: 'npm ci again, on this platform: libsql comes as one package for each',
    };
  }
}
