// Shows how far an upload is, and says before sending that a file is too large. Without it the form is sent as ever.
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
    if (event.lengthComputable) tell(bar, event.loaded / event.total);
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL);
    else form.submit(); // the server says no in its own words, on a page of its own
  });
  request.addEventListener("error", () => form.submit());
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.send(new FormData(form));
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

function tell(bar, part) {
  bar.value = part;
}
