// Reactions without a new page: the list of a post is sent for and put in its place. Without scripts they are a form.
const form = document.getElementById("react");

export function start() {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-react-to]");
    if (link) {
      event.preventDefault();
      return choose(link);
    }
    const button = event.target.closest("button.reaction");
    const list = button?.closest("ul.reactions[id], .react-choice");
    if (!list) return;
    event.preventDefault();
    const address = button.formAction && button.hasAttribute("formaction") ? button.formAction : list.dataset.address;
    const isGiven = button.getAttribute("aria-pressed") === "true";
    send(address, button.value, isGiven, list.classList.contains("react-choice") ? list : undefined);
  });
  document.addEventListener("keydown", (event) => {
    const box = document.querySelector(".react-choice");
    if (event.key !== "Escape" || !box) return;
    box.opener.focus();
    close(box);
  });
  document.addEventListener("pointerdown", (event) => {
    const box = document.querySelector(".react-choice");
    if (box && !box.contains(event.target) && event.target !== box.opener) close(box);
  });
}

/** Offer a few emoji beside the link that leads to all of them. */
function choose(link) {
  const old = document.querySelector(".react-choice");
  if (old) close(old);
  if (old?.opener === link) return;
  const box = document.getElementById("react-choice").content.firstElementChild.cloneNode(true);
  box.opener = link;
  box.dataset.address = link.href;
  box.querySelector("a").href = link.href;
  const mine = document.getElementById(`r${link.dataset.reactTo}`)?.dataset.mine.split(" ") ?? [];
  for (const each of box.querySelectorAll("button")) each.setAttribute("aria-pressed", mine.includes(each.value));
  link.setAttribute("aria-expanded", "true");
  link.after(box);
  box.querySelector("button").focus();
}

function close(box) {
  box.opener.removeAttribute("aria-expanded");
  box.remove();
}

async function send(address, emoji, isGiven, box) {
  const body = new URLSearchParams(new FormData(form));
  body.set("emoji", emoji);
  body.set("is", isGiven ? "withdrawn" : "given");
  const headers = { "Porch-Fragment": "reactions", Accept: "text/html" };
  const answer = await fetch(address, { method: "POST", body, headers, redirect: "manual" }).catch(() => undefined);
  // Whatever is in the way, the page of this post says it.
  if (!answer?.ok) return location.assign(address);
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  const fresh = made.content.querySelector("ul.reactions");
  const old = fresh && document.getElementById(fresh.id);
  if (!old) return;
  const focus = box ? box.opener : undefined;
  if (box) close(box);
  old.replaceWith(fresh);
  const same = [...fresh.querySelectorAll("button")].find((each) => each.value === emoji);
  (focus ?? same ?? fresh.closest(".post")?.querySelector("[data-react-to]"))?.focus();
  const said = document.getElementById("react-said");
  if (said) said.textContent = same ? same.textContent : "";
}
