import { byNumber, byText } from '../../core/order.js';
import { sizeOf, type Expression } from '../expression.js';
import { printExpression } from '../print-expression.js';

/** The order of terms and factors: small ones first, then by their texts. */
export const byForm = (a: Expression, b: Expression): number =>
  byNumber(sizeOf(a), sizeOf(b)) || byText(printExpression(a), printExpression(b));
