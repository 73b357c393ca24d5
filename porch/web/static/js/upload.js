// Shows how far an upload is, and says before sending that a file is too large. Without it the form is sent as ever.
import { start as startForms } from "./forms.js";

export function start() {
  for (const form of document.querySelectorAll("form[data-upload]")) watch(form);
}

function watch(form) {
  const input = form.querySelector("input[type=file]");
  const most = Number(form.dataset.uploadMost) * 1e6;
  input.addEventListener("change", () => {
    const isTooLarge = [...input.files].some((file) => file.size > most);
    input.setCustomValidity(isTooLarge ? form.dataset.uploadTooLarge : "");
    if (isTooLarge) input.reportValidity();
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    send(form);
  });
}

/** Send the form, then show what came back: the page itself, or where it leads. */
function send(form) {
  const request = new XMLHttpRequest();
  const bar = progress(form);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("load", () => {
    const isElsewhere = request.responseURL.split("#")[0] !== location.href.split("#")[0];
    // What was done is said once, in the answer that is here already; to load the same page again would lose it.
    if (request.status < 400 && isElsewhere) location.assign(request.responseURL);
    else show(request.responseText);
  });
  request.addEventListener("error", () => form.submit());
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.send(new FormData(form));
}

/** Take over what the answer says, as a page that was loaded would: the refusal stands beside its field. */
function show(html) {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  document.querySelector("main").replaceChildren(...(main?.childNodes ?? []));
  startForms();
  start();
}

function progress(form) {
  const box = document.createElement("div");
  const bar = document.createElement("progress");
  box.className = "progress";
  bar.max = 1;
  bar.setAttribute("aria-label", form.dataset.uploadLabel);
  box.append(bar);
  form.append(box);
  return bar;
}
