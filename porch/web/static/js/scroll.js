// What scrolls sideways can be reached by keyboard; browsers that do so themselves are not disturbed.
export function reach(root) {
  for (const each of root.querySelectorAll(".prose :is(pre, table)")) {
    if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
  }
}

export const start = () => reach(document);
