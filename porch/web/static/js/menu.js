// Menus are <details>; this adds what hands expect: Escape, a click elsewhere, and the arrow keys.
const ITEMS = "a[href], button:not(:disabled), input";

export function start() {
  const menus = [...document.querySelectorAll("details.menu")];
  for (const menu of menus) menu.addEventListener("keydown", (event) => onKey(menu, event));
  addEventListener("pointerdown", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  addEventListener("focusin", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
}

function onKey(menu, event) {
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input[type=radio]")) return;
  event.preventDefault();
  menu.open = true;
  const items = [...menu.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());
  const place = items.indexOf(document.activeElement);
  const next = place === -1 ? (step === 1 ? 0 : items.length - 1) : (place + step + items.length) % items.length;
  items[next]?.focus();
}
