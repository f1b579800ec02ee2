/** Says how far a part has come, and when it may be done, at most every ten seconds. */
export function progress(
  name: string,
  total: number,
  print: (line: string) => void,
): (share: number, done: number) => void {
  const begin = performance.now();
  let last = -Infinity;
  let whole = 0;
  return (share, done) => {
    whole += share;
    const now = performance.now();
    if (now - last < 10_000 && done < total) return;
    last = now;
    const seconds = (now - begin) / 1000;
    const left = whole > 0 ? seconds / whole - seconds : 0;
    print(`${name}: ${done} of ${total} jobs, ${seconds.toFixed(0)} s; about ${left.toFixed(0)} s to go\n`);
  };
}
