// Single keys for a list of posts: never while one types, and they can be switched off (WCAG 2.1.4).
const NAME = "porch-keys";
const posts = () => [...document.querySelectorAll(".posts > .post")];

export function start() {
  const dialog = document.getElementById("keys");
  const box = document.getElementById("keys-on");
  box.checked = isOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(NAME, box.checked ? "on" : "off");
    } catch {
      // Storage may be shut: then it holds for this page.
    }
  });
  for (const button of document.querySelectorAll("[data-keys]"))
    button.addEventListener("click", () => dialog.showModal());
  const does = {
    j: () => go(1),
    k: () => go(-1),
    r: () => here()?.querySelector("button[name=to]")?.click(),
    e: () => here()?.querySelector("[data-for=author]")?.click(),
    u: () => [...document.querySelectorAll(".crumbs a")].at(-1)?.click(),
    "?": () => dialog.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    if (document.querySelector("dialog[open]") || !Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key]();
  });
}

function isOn() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

/** Give the post that one is at: the one with the focus, or the one that the address names. */
function here() {
  return document.activeElement?.closest(".post") ?? document.querySelector(".post:target");
}

/** Go to the next post, or to the one before; from nowhere, to the first that is on the screen. */
function go(step) {
  const all = posts();
  const at = here();
  const shown = all.findIndex((each) => each.getBoundingClientRect().bottom > 0);
  const next = at ? all[all.indexOf(at) + step] : all[Math.max(shown, 0)];
  if (!next) return;
  next.tabIndex = -1;
  next.addEventListener("blur", () => next.removeAttribute("tabindex"), { once: true });
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
