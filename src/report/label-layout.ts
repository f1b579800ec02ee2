/** Width of one character of the plots' text in pixels, on the wide side: SVG made without a browser cannot measure. */
const CHARACTER_WIDTH = 7.4;

/** The text, or its beginning and an ellipsis where it has more characters than allowed. */
export function shortened(text: string, characters: number): string {
  const all = Array.from(text);
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`;
}

/** Pixels that the longest of the texts takes. */
export function textWidth(texts: readonly string[]): number {
  return CHARACTER_WIDTH * Math.max(0, ...texts.map((text) => Array.from(text).length));
}

/**
 * Moves labels apart: positions as near to the wanted ones as it takes to keep `gap` between neighbours, in the
 * order of the input, inside [low, high] where there is room.
 */
export function spread(
  wanted: readonly number[],
  gap: number,
  [low, high]: readonly [low: number, high: number],
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  // Neighbours that would overlap become one block about the mean of what its members want.
  const blocks: { members: number[]; sum: number }[] = [];
  const start = ({ members, sum }: { members: number[]; sum: number }): number => {
    const length = (members.length - 1) * gap;
    return Math.max(low, Math.min(high - length, sum / members.length - length / 2));
  };
  for (const index of order) {
    let block = { members: [index], sum: wanted[index]! };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (start(last) + last.members.length * gap <= start(block)) break;
      blocks.pop();
      block = { members: [...last.members, ...block.members], sum: last.sum + block.sum };
    }
    blocks.push(block);
  }
  const result = new Array<number>(wanted.length);
  for (const block of blocks) {
    block.members.forEach((index, place) => (result[index] = start(block) + place * gap));
  }
  return result;
}
