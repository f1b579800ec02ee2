import type { YamlDocument } from '../core/yaml-file.js';
import type { Registries } from '../plugins/registries.js';
import { checkSampler } from '../search/check-sampler.js';
import type { Space } from '../space/space.js';
import { checkedMember } from './checked-member.js';
import type { Experiment } from './experiment.js';
import type { ExperimentFile } from './experiment-file.js';
import { located } from './located.js';

/**
 * The sampler, the fidelity policy and the wave of a search, and whether they go together with each other and with
 * the space; without a space there is nothing to sample from.
 * @throws UserError at the place in the file
 */
export function resolveSearch(
  { search, training: { evaluations } }: ExperimentFile,
  document: YamlDocument,
  { samplers, fidelityPolicies }: Registries,
  space: Space | undefined,
): Omit<Experiment['search'], 'trials'> {
  const at = { sampler: ['search', 'sampler'], fidelity: ['search', 'fidelity'] };
  const sampler = checkedMember(document, at.sampler, search.sampler, samplers);
  const fidelity = checkedMember(document, at.fidelity, search.fidelity, fidelityPolicies);
  if (space === undefined) return { sampler, fidelity, wave: search.wave ?? 1 };

  const member = samplers.get(sampler.name);
  const options: never = member.schema.parse(sampler.options) as never;
  located(document.locate(at.sampler), () => checkSampler(member, space, options, samplers.members));
  const wave = search.wave ?? member.waveSize(space, options);
  const policy = fidelityPolicies.get(fidelity.name);
  located(document.locate(at.fidelity), () =>
    policy.bracket({
      options: policy.schema.parse(fidelity.options) as never,
      index: 0,
      full: evaluations,
      waveSize: wave,
    }),
  );
  return { sampler, fidelity, wave };
}
