/** First part of the name of every parameter that belongs to the loss and not to the model. */
export const LEARNED_PREFIX = 'loss/';

/** Whether a parameter belongs to the loss (see `LearnedParameter`) and not to the model. */
export const isLearned = (name: string): boolean => name.startsWith(LEARNED_PREFIX);
