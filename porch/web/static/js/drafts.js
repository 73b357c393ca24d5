// Keeps what somebody writes on the server, a moment after they stop typing, until it is posted.
const PAUSE = 2_000;

export function keepDrafts(box, form) {
  const state = box.querySelector("[data-state]");
  const version = form.elements.draft;
  let timer, isSent = false, isDirty = false, isBusy = false;

  async function save(options = {}) {
    clearTimeout(timer);
    if (isSent || isBusy || !isDirty) return;
    isBusy = true;
    isDirty = false;
    const answer = await fetch(box.dataset.draft, {
      method: "POST", body: words(form), headers: { Accept: "application/json" }, ...options,
    }).catch(() => null);
    isBusy = false;
    if (answer?.ok && !answer.redirected) {
      const kept = await answer.json();
      if (isSent) return;
      version.value = kept.version;
      state.textContent = kept.is_beside ? box.dataset.saysBeside : box.dataset.saysKept;
      if (!isDirty) form.dispatchEvent(new Event("porch:kept"));
    } else {
      state.textContent = box.dataset.saysUnkept;
    }
    if (isDirty) timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", () => {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (isSent = false));
  document.addEventListener("visibilitychange", () => document.hidden && save({ keepalive: true }));
}

function words(form) {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "source", "title", "kind", "draft"]) {
    if (form.elements[name]) data.append(name, form.elements[name].value);
  }
  return data;
}
