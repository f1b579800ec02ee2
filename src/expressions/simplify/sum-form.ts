import { constant, operation, type Expression } from '../expression.js';
import { printExpression } from '../print-expression.js';
import { byForm } from './order.js';
import { fromProductForm, productForm } from './product-form.js';

/** constant + Σ coefficient · product. */
export interface SumForm {
  readonly constant: number;
  /** In their order: no two are the same, no coefficient is 0. */
  readonly terms: readonly { readonly coefficient: number; readonly product: Expression }[];
}

/** Takes sums, differences and signs apart and adds what is alike. The parts of the expression are simple already. */
export function sumForm(expression: Expression): SumForm {
  let total = 0;
  const terms = new Map<string, { coefficient: number; readonly product: Expression }>();
  const collect = (part: Expression, sign: number): void => {
    if (part.kind === 'operation') {
      const [a, b] = part.inputs as readonly [Expression, Expression];
      if (part.operator === 'neg') return collect(a, -sign);
      if (part.operator === 'add' || part.operator === 'sub') {
        collect(a, sign);
        return collect(b, part.operator === 'add' ? sign : -sign);
      }
    }
    const { coefficient, factors } = productForm(part);
    const by = sign * coefficient;
    if (factors.length === 0) {
      total += by;
      return;
    }
    const product = fromProductForm({ coefficient: 1, factors });
    const key = printExpression(product);
    const known = terms.get(key);
    if (known === undefined) terms.set(key, { coefficient: by, product });
    else known.coefficient += by;
  };
  collect(expression, 1);
  const sorted = [...terms.values()].sort((a, b) => byForm(a.product, b.product));
  return { constant: total, terms: sorted.filter(({ coefficient }) => coefficient !== 0) };
}

/**
 * The sum in its one order: what is added in its order, a positive constant first, then what is subtracted, a negative
 * constant last. A sum in which nothing is added is the negative of another.
 */
export function fromSumForm({ constant: offset, terms }: SumForm): Expression {
  if (terms.length === 0) return constant(offset);
  if (terms.length === 1 && offset === 0) return term(terms[0]!);
  const added = terms.filter(({ coefficient }) => coefficient > 0).map(term);
  if (offset > 0) added.unshift(constant(offset));
  if (added.length === 0) {
    return operation('neg', fromSumForm(negated({ constant: offset, terms })));
  }
  const taken = terms.filter(({ coefficient }) => coefficient < 0).map(negatedTerm);
  if (offset < 0) taken.push(constant(-offset));
  return taken.reduce(
    (left, right) => operation('sub', left, right),
    added.reduce((left, right) => operation('add', left, right)),
  );
}

const term = ({ coefficient, product }: SumForm['terms'][number]): Expression => {
  const form = productForm(product);
  return fromProductForm({ coefficient: coefficient * form.coefficient, factors: form.factors });
};

const negatedTerm = ({ coefficient, product }: SumForm['terms'][number]): Expression =>
  term({ coefficient: -coefficient, product });

const negated = ({ constant: offset, terms }: SumForm): SumForm => ({
  constant: 0 - offset,
  terms: terms.map(({ coefficient, product }) => ({ coefficient: -coefficient, product })),
});

/**
 * A sum up to its sign: of a − b and b − a one is taken for both, the one whose constant is positive or, without a
 * constant, whose first term is.
 */
export function orientedSum(expression: Expression): { readonly sign: 1 | -1; readonly sum: Expression } {
  const form = sumForm(expression);
  const first = form.constant === 0 ? (form.terms[0]?.coefficient ?? 1) : form.constant;
  return first < 0 ? { sign: -1, sum: fromSumForm(negated(form)) } : { sign: 1, sum: fromSumForm(form) };
}
