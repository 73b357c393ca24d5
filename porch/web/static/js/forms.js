// Three small helps: a form is sent once, half-written text is not lost by leaving, and long text is counted.
const changed = new Set();

export function start() {
  for (const form of document.querySelectorAll("form[method=post]:not([data-stays])")) once(form);
  for (const form of document.querySelectorAll("form[data-keep]")) keep(form);
  for (const input of document.querySelectorAll("[data-count]")) count(input);
  document.querySelector("[data-focus]")?.focus();
}

function once(form) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) return event.preventDefault();
    isSent = true;
    changed.delete(form);
    // Only marked: a disabled button would not be sent along.
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => {
    isSent = false;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  });
}

function keep(form) {
  if (form.dataset.keep === "changed") changed.add(form);
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("porch:kept", () => changed.delete(form));
  // Of a form that stays on its page: what was in it has arrived.
  form.addEventListener("sent", () => changed.delete(form));
  addEventListener("beforeunload", (event) => {
    if (changed.has(form)) event.preventDefault();
  });
}

function count(input) {
  const most = input.maxLength;
  const shown = document.createElement("span");
  shown.className = "count";
  shown.setAttribute("aria-live", "polite");
  input.after(shown);
  const tell = () => {
    const length = input.value.length;
    const isNear = most > 0 && length > most * 0.9;
    shown.textContent = input.dataset.count.replace("{n}", length).replace("{most}", most);
    shown.classList.toggle("is-near", isNear);
    // Spoken only when it begins to matter.
    shown.setAttribute("aria-hidden", String(!isNear));
  };
  input.addEventListener("input", tell);
  tell();
}
