// What scrolls sideways can be reached by keyboard; browsers that do so themselves are not disturbed.
export function start() {
  for (const each of document.querySelectorAll(".prose :is(pre, table)")) {
    if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
  }
}
