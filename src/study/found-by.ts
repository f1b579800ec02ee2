import { z } from 'zod';
import { printable } from '../core/render-value.js';
import { parseWith, type YamlDocument } from '../core/yaml-file.js';
import type { StudyVerdict } from './study-verdict.js';

/** The search that found a loss, as best-loss.json tells of it. */
export interface FoundBy {
  /** Name of the study. */
  readonly study: string;
  readonly experimentHash: string;
  readonly splitHash: string;
  /** Its verdict on the loss: with the correction for its comparisons, and the number of candidates. */
  readonly verdict: string;
}

/** Characters; our own are far shorter. */
const LONGEST = 1000;

/** The text comes from a file and is printed. */
const text = z.string().transform((given) => printable(given, LONGEST));
const foundBySchema: z.ZodType<FoundBy> = z.strictObject({
  study: text,
  experimentHash: text,
  splitHash: text,
  verdict: text,
});

/**
 * Which search found the loss of a file: best-loss.json of a search speaks of itself, that of an evaluation passes on
 * what it was told. Undefined for a loss that was written by hand.
 * @throws UserError `schema` for a `foundBy` that says something else
 */
export function readFoundBy(document: YamlDocument): FoundBy | undefined {
  const whole = document.value;
  if (typeof whole !== 'object' || whole === null) return undefined;
  if ('foundBy' in whole) return parseWith(foundBySchema.nullable(), document, ['foundBy']) ?? undefined;
  const { experiment: study, experimentHash, splitHash, verdict } = whole as Record<string, unknown>;
  return foundBySchema.safeParse({ study, experimentHash, splitHash, verdict }).data;
}

/**
 * A verdict that says where it repeats a test: the loss was chosen by a study that judged it on this test part, after
 * more comparisons than this one knows of. On another split, and for a loss that no search found, the verdict itself.
 */
export function withSeenTest(
  verdict: StudyVerdict,
  foundBy: FoundBy | undefined,
  splitHash: string,
): StudyVerdict {
  if (foundBy?.splitHash !== splitHash || verdict.winner === undefined) return verdict;
  const sentence =
    `${verdict.sentence} This test part has been seen: the study "${foundBy.study}" (experiment ` +
    `${foundBy.experimentHash}) found this loss on the same split, and the verdict that counts, with its correction, ` +
    `is that of the study: "${foundBy.verdict}"`;
  const { judged } = verdict;
  return {
    ...verdict,
    sentence,
    ...(judged === undefined ? {} : { judged: { ...judged, sentence } }),
    testSeenBy: foundBy,
  };
}
