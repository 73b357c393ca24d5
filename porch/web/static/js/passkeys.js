// A form with data-passkey asks its own address what the browser needs, has a passkey made ("create") or shown
// ("get"), writes the answer into its hidden field, and is sent.
export function start() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      hold(form);
    }, { capture: true });
    addEventListener("pageshow", () => (form.elements.credential.value = ""));
  }
}

async function hold(form) {
  const said = form.querySelector("[data-said]");
  const button = form.querySelector("button");
  const tell = (text) => {
    said.textContent = text;
    said.hidden = !text;
  };
  if (!window.PublicKeyCredential) return tell(form.dataset.none);
  tell("");
  button.setAttribute("aria-disabled", "true");
  try {
    const options = await ask(form);
    const isNew = form.dataset.passkey === "create";
    const made = await navigator.credentials[isNew ? "create" : "get"]({ publicKey: options });
    form.elements.credential.value = JSON.stringify(plain(made));
    form.requestSubmit(button);
  } catch (error) {
    tell(error instanceof Refused ? error.message : form.dataset.failed);
    button.removeAttribute("aria-disabled");
  }
}

class Refused extends Error {}

async function ask(form) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("ask", "options");
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body: fields, headers, redirect: "error" });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused([said.title, said.detail].filter(Boolean).join(" "));
  return binary(said.publicKey);
}

// Bytes travel as base64url.
function binary(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials])
    for (const each of list ?? []) each.id = bytes(each.id);
  return options;
}

function bytes(text) {
  const usual = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(usual), (character) => character.charCodeAt(0));
}

function text(buffer) {
  if (!buffer) return undefined;
  const usual = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return usual.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function plain(made) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const part of parts) if (made.response[part]) response[part] = text(made.response[part]);
  if (made.response.getTransports) response.transports = made.response.getTransports();
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment,
    clientExtensionResults: made.getClientExtensionResults(),
    response,
  };
}
