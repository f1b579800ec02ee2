import { UserError } from '../core/errors.js';
import type { YamlDocument } from '../core/yaml-file.js';
import type { Registries } from '../plugins/registries.js';
import { full } from '../fidelity/full.js';
import { checkSampler } from '../search/check-sampler.js';
import { checkRounds, firstRound } from '../search/rounds.js';
import { builtinStoppingRules } from '../stopping/registry.js';
import type { Space } from '../space/space.js';
import { checkedMember } from './checked-member.js';
import type { Experiment } from './experiment.js';
import type { ExperimentFile } from './experiment-file.js';
import { located, locatedOption } from './located.js';
import { memberChoice } from './member-choice.js';
import { resolveEnqueue } from './resolve-enqueue.js';

/**
 * The sampler, the fidelity policy, the wave, the stopping rules and the first points of a search, and whether they go together with each other and with
 * the space; without a space there is nothing to sample from.
 * @param trials of the search, which the command line may change
 * @throws UserError at the place in the file
 */
export function resolveSearch(
  { search, training: { evaluations } }: ExperimentFile,
  document: YamlDocument,
  { samplers, fidelityPolicies }: Registries,
  space: Space | undefined,
  trials: number,
): Experiment['search'] {
  const at = { sampler: ['search', 'sampler'], fidelity: ['search', 'fidelity'] };
  const sampler = checkedMember(document, at.sampler, search.sampler, samplers);
  const fidelity = checkedMember(document, at.fidelity, search.fidelity, fidelityPolicies);
  if (space === undefined) return { trials, sampler, fidelity, wave: search.wave ?? 1 };

  const member = samplers.get(sampler.name);
  const options: never = member.schema.parse(sampler.options) as never;
  locatedOption(document, at.sampler, () => checkSampler(member, space, options, samplers.members));
  if (member.rounds !== undefined) {
    const input = { sampler: member, options, space, full: evaluations };
    checkAlone(search, member.name, document);
    const wave = locatedOption(document, at.sampler, () => firstRound(input).trials);
    const told = trials === search.trials ? document.locate(['search', 'trials']) : { path: '--trials' };
    located(told, () => checkRounds(input, trials));
    return { trials, sampler, fidelity, wave, ...stoppingRules(search, document) };
  }
  const wave = search.wave ?? member.waveSize(space, options);
  const policy = fidelityPolicies.get(fidelity.name);
  if (policy.promotions !== undefined && member.learnsOnce === true) {
    throw new UserError({
      code: 'unsupported',
      message: `the sampler "${member.name}" learns from each trial once, and under "${policy.name}" trials go on later`,
      place: document.locate(at.fidelity),
      found: policy.name,
      expected: 'another fidelity policy, or another sampler',
    });
  }
  locatedOption(document, at.fidelity, () =>
    policy.bracket({
      options: policy.schema.parse(fidelity.options) as never,
      index: 0,
      full: evaluations,
      waveSize: wave,
    }),
  );
  const enqueue =
    search.enqueue === undefined ? {} : { enqueue: resolveEnqueue(search.enqueue, document, space, trials) };
  return { trials, sampler, fidelity, wave, ...stoppingRules(search, document), ...enqueue };
}

function stoppingRules(
  { stop }: ExperimentFile['search'],
  document: YamlDocument,
): Pick<Experiment['search'], 'stop'> {
  if (stop === undefined) return {};
  const rules = stop.map((rule, index) =>
    checkedMember(document, ['search', 'stop', index], rule, builtinStoppingRules),
  );
  return { stop: rules };
}

/** A sampler that plans its own rounds takes the place of the fidelity policy and of the wave. */
function checkAlone(
  { fidelity, wave, enqueue, startFrom }: ExperimentFile['search'],
  sampler: string,
  document: YamlDocument,
): void {
  const refuse = (key: 'fidelity' | 'wave' | 'enqueue' | 'startFrom', expected: string): never => {
    throw new UserError({
      code: 'unsupported',
      message: `the sampler "${sampler}" says itself how many trials train how long`,
      place: document.locate(['search', key]),
      expected,
    });
  };
  if (memberChoice(fidelity).name !== full.name) refuse('fidelity', `no other policy than "${full.name}"`);
  if (wave !== undefined) refuse('wave', 'no wave; its size is an option of the sampler');
  if (enqueue !== undefined) refuse('enqueue', 'no points by hand, or another sampler');
  if (startFrom !== undefined) refuse('startFrom', 'no earlier study, or another sampler');
}
