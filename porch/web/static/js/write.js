// Sends what is written in a room without leaving it. Nothing that was typed is lost: the field is emptied only when the
// server has it, and what is sent twice under one key is said once.
export const start = () => document.querySelectorAll("form[data-stays]").forEach(stay);

function stay(form) {
  const field = form.querySelector("textarea");
  const problem = form.querySelector("[data-problem]");
  const reply = form.querySelector("[data-reply]");
  const list = document.querySelector("[data-posts]");
  const told = form.parentElement.querySelector("[data-told]");
  let isSending = false;

  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (submitter?.name === "to") {
      event.preventDefault();
      answer(submitter);
    } else if (submitter?.name !== "do" && list?.dataset.isLast) {
      event.preventDefault();
      send();
    }
  });
  // Where there is a keyboard of its own; on a telephone Enter begins a new line, and the button sends.
  if (matchMedia("(pointer: fine)").matches)
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });

  async function send() {
    const words = field.value;
    if (isSending || !words.trim()) return;
    isSending = true;
    const body = new FormData(form);
    const headers = { "Porch-Fragment": "post" };
    const got = await fetch(form.action, { method: "POST", body, headers }).catch(() => undefined);
    const html = await got?.text().catch(() => undefined);
    isSending = false;
    if (got?.status !== 201 || html === undefined) return tell(got?.redirected ? "" : html);
    for (const each of [problem, reply, told]) each?.replaceChildren();
    // What was typed while it was on its way stays.
    field.value = field.value.startsWith(words) ? field.value.slice(words.length).trimStart() : field.value;
    form.elements.sent_as.value = newKey();
    // As the organisation one speaks once: what comes next is one's own again.
    if (form.elements.as_organisation) form.elements.as_organisation.checked = false;
    if (!field.value) form.dispatchEvent(new Event("sent"));
    field.focus();
    list.dispatchEvent(new CustomEvent("fragment", { detail: html }));
  }

  /** Say why it was not posted: in the words of the server where it gave any. */
  function tell(html) {
    const page = new DOMParser().parseFromString(html ?? "", "text/html");
    const words = page.getElementById("problems") ?? document.createElement("p");
    if (!words.id) {
      words.className = "error";
      words.setAttribute("role", "alert");
      words.textContent = form.dataset.unsent;
    }
    problem.replaceChildren(document.adoptNode(words));
    field.focus();
  }

  /** Choose the post to which one replies, or none, as the page does where no script runs. */
  function answer(button) {
    if (button.value === "0") {
      reply.replaceChildren();
    } else {
      const name = button.closest(".post")?.querySelector(".post-author")?.textContent ?? "";
      const said = document.createElement("p");
      said.className = "small";
      const words = form.dataset.replying.replace("{number}", button.value).replace("{name}", name);
      said.append(`${words} `, hidden("reply_to", button.value), back());
      reply.replaceChildren(said);
    }
    field.focus();
  }

  function back() {
    const button = document.createElement("button");
    button.className = "as-link";
    [button.name, button.value, button.formNoValidate] = ["to", "0", true];
    button.textContent = form.dataset.back;
    return button;
  }
}

function hidden(name, value) {
  const input = document.createElement("input");
  [input.type, input.name, input.value] = ["hidden", name, value];
  return input;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
}
