/** The index of the first row that ends below a height. Rows stand one below the other, so that halving finds it without measuring all. */
export function firstBelow(rows: NodeListOf<Element>, height: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.getBoundingClientRect().bottom <= height) low = middle + 1;
    else high = middle;
  }
  return low;
}
