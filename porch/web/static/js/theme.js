// The theme switch: light, dark, or whatever the system says. This browser remembers it.
const root = document.documentElement;

function wanted() {
  return root.dataset.theme ?? "auto";
}

function set(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "auto") localStorage.removeItem("porch-theme");
    else localStorage.setItem("porch-theme", theme);
  } catch {
    // Storage may be shut: the choice then holds for this page.
  }
  show();
}

function show() {
  for (const input of document.querySelectorAll("[data-theme-switch] input")) {
    input.checked = input.value === wanted();
  }
  // The browser's own bars follow the page, not the system.
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    meta.dataset.own ??= meta.content;
    meta.content = wanted() === "auto" ? meta.dataset.own : getComputedStyle(root).backgroundColor;
  }
}

export function start() {
  for (const each of document.querySelectorAll("[data-theme-switch]")) {
    each.addEventListener("change", (event) => set(event.target.value));
  }
  // Another tab may have switched.
  addEventListener("storage", (event) => event.key === "porch-theme" && set(event.newValue ?? "auto"));
  show();
}
