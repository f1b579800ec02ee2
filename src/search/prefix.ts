/** True where a list begins with the very items of another one, which may be as long. A plain loop: lists are long. */
export function beginsWith<Item>(list: readonly Item[], beginning: readonly Item[]): boolean {
  if (beginning.length > list.length) return false;
  for (let index = 0; index < beginning.length; index++) {
    if (list[index] !== beginning[index]) return false;
  }
  return true;
}
