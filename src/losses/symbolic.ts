import { parseExpression } from '../expressions/parse-expression.js';
import { printExpression } from '../expressions/print-expression.js';
import { simplifyExpression } from '../expressions/simplify-expression.js';
import type { TargetKind } from '../problem/head.js';
import { ops, type Tensor } from '../tensor/index.js';
import type { Loss, LossInputs, LossOptions } from './loss.js';
import { logitAgainstRest } from './parts/logit-against-rest.js';
import { meanPositions } from './parts/mean-positions.js';
import { fromResidual } from './parts/residual.js';
import { expressionTensor, type SymbolicInputs } from './symbolic/expression-tensor.js';

/** What a formula is a function of, by kind of target. */
const VARIABLES_OF: Readonly<Record<TargetKind, readonly string[]>> = {
  binary: ['p', 't'],
  multiclass: ['p', 't'],
  regression: ['r'],
};

const CROSS_ENTROPY = '-(t * log(p))';

/** −Σ_c (log p_c − t_c/p_c), without the factor 1/C (Gonzalez and Miikkulainen, CEC 2020). */
const BAIKAL: readonly LossOptions[] = [{ expression: 't / p - log(p)' }];

/** The canonical text. @throws ExpressionError for a text that is no formula of these variables */
function readFormula(text: string, kind: TargetKind): string {
  return printExpression(simplifyExpression(parseExpression(text, VARIABLES_OF[kind])));
}

/** The tensor of the formula for one class: the formula is parsed anew each time, which costs less than one operation. */
function valueOf({ options }: LossInputs, kind: TargetKind, inputs: SymbolicInputs): Tensor {
  return expressionTensor(parseExpression(String(options.expression), VARIABLES_OF[kind]), inputs);
}

/**
 * Any formula: of the probability p and the target t of a class, summed over the classes (two for a binary head, whose
 * negative class has 1 − p and 1 − t); of the residual r for a regression. Formulas that are equal after
 * simplification are one loss.
 */
export const symbolic: Loss = {
  name: 'symbolic',
  summary: 'Symbolic loss: Σ_c f(p_c, t_c) of a formula f; regression: f(r), r = prediction − target',
  parameters: [],
  options: [
    {
      name: 'expression',
      defaults: { binary: CROSS_ENTROPY, multiclass: CROSS_ENTROPY, regression: 'square(r)' },
      read: readFormula,
      summary: 'the formula f: of p and t for classes, of r for a regression',
    },
  ],
  perSample: {
    binary: (inputs) => {
      const { prediction: logit, target } = inputs;
      const ofClass = (x: Tensor, t: Tensor): Tensor =>
        valueOf(inputs, 'binary', {
          variables: { p: () => ops.sigmoid(x), t: () => t },
          logs: { p: () => ops.logSigmoid(x), '1 - p': () => ops.logSigmoid(ops.neg(x)) },
        });
      const positive = ofClass(logit, target);
      const negative = ofClass(ops.neg(logit), ops.sub(1, target));
      return meanPositions(ops.add(positive, negative));
    },
    multiclass: (inputs) => {
      const { prediction: logits, target } = inputs;
      const value = valueOf(inputs, 'multiclass', {
        variables: { p: () => ops.softmax(logits), t: () => target },
        logs: {
          p: () => ops.logSoftmax(logits),
          '1 - p': () => ops.logSigmoid(ops.neg(logitAgainstRest(logits))),
        },
      });
      return meanPositions(ops.sum(value, -1));
    },
    regression: fromResidual((residual, inputs) =>
      valueOf(inputs, 'regression', { variables: { r: () => residual }, logs: {} }),
    ),
  },
  source:
    'Gonzalez and Miikkulainen, Improved Training Speed, Accuracy, and Data Utilization Through Loss Function Optimization, CEC 2020',
  textbookOptions: { binary: BAIKAL, multiclass: BAIKAL },
};
