// Keeps a list up to date while it is being looked at, by the server's events.
// data-live is the stream, data-live-on the event whose fragments go on top, data-live-after the last fact shown.
import { stream } from "./stream.js";
import { localize } from "./times.js";

export const start = () => document.querySelectorAll("[data-live]").forEach(follow);

function follow(list) {
  const state = document.getElementById(list.dataset.liveState);
  const over = document.getElementById(list.dataset.liveOver);
  const at = { after: list.dataset.liveAfter };
  stream(list.dataset.live, at, {
    hear: { [list.dataset.liveOn]: (html) => put(list, html) },
    missed: async () => {
      const isThere = await refetch(list);
      at.after = list.dataset.liveAfter;
      return isThere;
    },
    // Who is signed out is led elsewhere, and told so here.
    over: (isGone) => over && !isGone && (over.hidden = false),
    state: (isOpen) => state && (state.hidden = !isOpen),
  });
}

/** Put a fragment on top, unless it is there already. */
function put(list, html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const item = box.content.firstElementChild;
  if (!item) return;
  const old = document.getElementById(item.id);
  if (old) return;
  item.classList.add("is-new");
  localize(box.content);
  list.prepend(box.content);
  while (list.children.length > Number(list.dataset.liveMost)) list.lastElementChild.remove();
  const count = document.getElementById(list.dataset.liveCount);
  if (count) count.value = count.textContent = Number(count.value) + 1;
  say(list, item);
}

/** Tell those who listen rather than look. */
function say(list, item) {
  const voice = document.getElementById(list.dataset.liveVoice);
  if (voice) voice.textContent = item.dataset.says ?? "";
}

/** Fetch the page again and take over its list; too much happened to tell it piece by piece. */
async function refetch(list) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(list.id);
  if (!fresh) return false;
  list.replaceChildren(...fresh.children);
  list.dataset.liveAfter = fresh.dataset.liveAfter;
  const [count, known] = [document, page].map((each) => each.getElementById(list.dataset.liveCount));
  if (count && known) count.value = count.textContent = known.value;
  localize(list);
  return true;
}
