// Keeps the posts of a topic or a room up to date while they are looked at.
// What comes over the line is the same for everyone: each fragment is tailored to whoever looks (data-me, data-may), and
// put in its place by its number. What was on the screen counts as read, and nothing else does.
import { reach } from "./scroll.js";
import { stream } from "./stream.js";
import { localize } from "./times.js";

// Pages that are fetched to catch up; beyond, the page says that it wants to be loaded anew.
const MOST_PAGES = 5;
const SAVE_AFTER = 700;

export const start = () => document.querySelectorAll("[data-posts]").forEach(live);

const by = (id) => document.getElementById(id);
const numberOf = (item) => Number(item.id.slice(1));
const token = () => document.querySelector("#act [name=csrfmiddlewaretoken]")?.value ?? "";

function live(list) {
  const { me } = list.dataset;
  const may = new Set(list.dataset.may.split(" ").filter(Boolean));
  const room = list.closest(".room");
  const composer = room?.querySelector(".composer");
  const at = { after: list.dataset.after };
  const blocked = new Set((list.dataset.blocked ?? "").split(" ").filter(Boolean));
  const mine = new Set();
  const later = new Set();
  const seen = seeing(list, composer);

  for (const item of posts()) if (isMine(item)) mine.add(numberOf(item));
  if (room) open();
  room?.querySelector("[data-earlier]")?.addEventListener("click", earlier);
  by("posts-below")?.querySelector("button").addEventListener("click", toNew);
  // What this page sent itself comes here too: see write.js.
  list.addEventListener("fragment", (event) => put(event.detail, true));
  list.addEventListener("seen", tellBelow);
  stream(list.dataset.posts, at, {
    hear: {
      post: put,
      topic: head,
      changed: () => (by("posts-changed").hidden = false),
      // The bell shares this line: see bell.js.
      notices: (html) => dispatchEvent(new CustomEvent("notices", { detail: html })),
    },
    missed,
    over: () => (by("posts-over").hidden = false),
  });

  function posts() {
    return [...list.querySelectorAll(":scope > .post")];
  }

  /** Say whether a post is by whoever looks; a place that was deleted does not say whose it was. */
  function isMine(item) {
    if (item.dataset.author) return item.dataset.author === me;
    return mine.has(numberOf(item)) || (!may.has("tends") && item.querySelector("[data-for~=author]") !== null);
  }

  /** Put a fragment in its place; one that is there already is replaced. */
  function put(html, isOwn = false) {
    const box = document.createElement("template");
    box.innerHTML = html;
    const item = box.content.querySelector(".post");
    if (item && isOwn) mine.add(numberOf(item));
    if (item) place(item, isOwn);
  }

  function place(item, isOwn = false) {
    const number = numberOf(item);
    const old = by(item.id);
    if (item.dataset.author === me && me) mine.add(number);
    tailor(item, item.dataset.author ? item.dataset.author === me : mine.has(number));
    if (blocked.has(item.dataset.author)) fold(item, old);
    localize(item);
    if (old) {
      keepOwn(old, item);
      if (!old.isEqualNode(item)) replace(old, item);
      return;
    }
    if (!list.dataset.isLast) return tellLater(number);
    const wasAtEnd = isAtEnd();
    insert(item, number);
    if (isOwn || (room && wasAtEnd)) toEnd(item);
    if (!mine.has(number) && !blocked.has(item.dataset.author)) say(item);
    tellBelow();
  }

  function insert(item, number) {
    by("posts-none")?.remove();
    const next = posts().find((each) => numberOf(each) > number);
    list.insertBefore(item, next ?? null);
    reach(item);
    seen.watch(item);
  }

  function replace(old, item) {
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(item);
    reach(item);
    seen.watch(item);
    if (hadFocus) {
      item.tabIndex = -1;
      item.focus({ preventScroll: true });
    }
  }

  /** Take away what is not for whoever looks. */
  function tailor(item, isTheirs) {
    for (const each of item.querySelectorAll("[data-for]")) {
      const isThis = (who) => (who === "author" ? isTheirs : who === "others" ? !isTheirs : may.has(who));
      const isFor = each.dataset.for.split(" ").some((words) => words.split("+").every(isThis));
      if (!isFor) each.remove();
    }
    for (const each of item.querySelectorAll("[name=csrfmiddlewaretoken]")) each.value = token();
    item.normalize();
  }

  /** Fold what somebody said whom whoever looks has blocked; what they have opened stays open. */
  function fold(item, old) {
    const said = item.querySelectorAll(":scope > .prose.said, :scope > .link-card");
    if (!said.length) return;
    const details = document.createElement("details");
    details.className = "fold";
    details.open = old?.querySelector(":scope > details.fold")?.open ?? false;
    const summary = document.createElement("summary");
    summary.textContent = list.dataset.saysBlocked;
    said[0].before(details);
    details.append(summary, ...said);
  }

  /** What is of whoever looks stays as it was: what comes over the line does not know it. */
  function keepOwn(old, item) {
    const [before, now] = [old, item].map((each) => each.querySelector("ul.reactions"));
    if (before && now) press(now, before.dataset.mine);
    for (const each of old.querySelectorAll("[data-own]"))
      item.querySelector(`[data-own="${each.dataset.own}"]`)?.replaceWith(each.cloneNode(true));
  }

  function press(reactions, mine) {
    reactions.dataset.mine = mine;
    const given = mine.split(" ");
    for (const each of reactions.querySelectorAll("button")) each.setAttribute("aria-pressed", given.includes(each.value));
  }

  function head(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    const fresh = box.content.firstElementChild;
    if (fresh) by(fresh.id)?.replaceWith(fresh);
  }

  /** Tell those who listen rather than look: one short line. */
  function say(item) {
    const voice = by("posts-voice");
    const name = item.querySelector(".post-author")?.textContent;
    if (voice && name) voice.textContent = voice.dataset.says.replace("{name}", name);
  }

  /** New posts stand on another page. */
  function tellLater(number) {
    const line = by("posts-later");
    if (!line || number <= Number(list.dataset.known)) return;
    later.add(number);
    const words = line.querySelector("[data-one]");
    words.textContent = later.size === 1 ? words.dataset.one : words.dataset.more.replace("{n}", later.size);
    line.hidden = false;
  }

  function bottom() {
    return composer ? composer.getBoundingClientRect().top : innerHeight;
  }

  function isAtEnd() {
    const last = posts().at(-1);
    return !last || last.getBoundingClientRect().bottom <= bottom() + 120;
  }

  function toEnd(item) {
    if (room) scrollTo({ top: document.documentElement.scrollHeight });
    else item.scrollIntoView({ block: "nearest" });
  }

  /** Offer the way to what came in below what is on the screen. */
  function tellBelow() {
    const line = by("posts-below");
    if (line) line.hidden = !unseenBelow();
  }

  function unseenBelow() {
    return posts().find(
      (each) => numberOf(each) > seen.upTo() && !seen.has(each) && each.getBoundingClientRect().top > bottom() - 20,
    );
  }

  function toNew() {
    const first = unseenBelow();
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: room ? "center" : "start" });
  }

  /** A room opens where one stopped reading, or at its end. */
  function open() {
    if (/^#p\d+$/.test(location.hash) || document.querySelector("[data-focus]")) return;
    const fresh = by("new");
    if (fresh) fresh.scrollIntoView({ block: "start" });
    else scrollTo({ top: document.documentElement.scrollHeight });
  }

  /** Fetch a page of posts; it does not count as read by that. */
  async function fetchPage(address) {
    const answer = await fetch(address, { headers: { "Porch-Fragment": "posts" } }).catch(() => undefined);
    if (!answer?.ok || answer.redirected) return undefined;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  /** Put earlier posts above those that are shown, without moving these. */
  async function earlier(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const link = event.currentTarget;
    const page = await fetchPage(link.href);
    if (!page) return location.assign(link.href);
    const first = posts()[0];
    const before = first?.getBoundingClientRect().top ?? 0;
    for (const item of page.querySelectorAll("#posts > .post")) {
      if (by(item.id)) continue;
      localize(item);
      if (isMine(item)) mine.add(numberOf(item));
      insert(document.adoptNode(item), numberOf(item));
    }
    if (first) scrollBy(0, first.getBoundingClientRect().top - before);
    const further = page.querySelector("[data-earlier]");
    if (further) link.href = further.getAttribute("href");
    else link.parentElement.remove();
  }

  /** Fetch what is shown again, and what comes after it; too much happened to be told piece by piece. */
  async function missed() {
    const address = new URL(list.dataset.posts.replace(/live\/$/, ""), location.href);
    const shown = posts();
    let number = shown.length ? Math.ceil(numberOf(shown[0]) / Number(list.dataset.onPage)) : 1;
    for (let fetched = 0; fetched < MOST_PAGES; fetched++, number++) {
      address.searchParams.set("page", number);
      const page = await fetchPage(address);
      const fresh = page?.getElementById("posts");
      if (!fresh) {
        by("posts-over").hidden = false;
        return false;
      }
      // From the first page on: what came while the others were fetched is told again, and does no harm.
      if (!fetched) at.after = fresh.dataset.after;
      for (const item of fresh.querySelectorAll(":scope > .post")) place(document.adoptNode(item));
      head(page.getElementById("topic-head")?.outerHTML ?? "");
      if (!list.dataset.isLast) for (let n = 1; n <= Number(fresh.dataset.known); n++) if (!by(`p${n}`)) tellLater(n);
      if (!list.dataset.isLast || fresh.dataset.isLast) return true;
    }
    by("posts-changed").hidden = false;
    return false;
  }
}

/** Watch which posts were on the screen, and tell the server how far that goes without a gap. */
function seeing(list, composer) {
  let upTo = Number(list.dataset.readTo);
  let told = upTo;
  let timer;
  const onScreen = new Set();
  const were = new Set();
  const rootMargin = `0px 0px -${composer?.offsetHeight ?? 0}px 0px`;
  const watcher = new IntersectionObserver(look, { rootMargin, threshold: [0, 0.25, 0.5, 0.75, 1] });

  function look(entries) {
    for (const { target, isIntersecting, intersectionRatio, intersectionRect } of entries) {
      const isShown = isIntersecting && (intersectionRatio >= 0.75 || intersectionRect.height >= innerHeight * 0.4);
      if (isShown) onScreen.add(target);
      else onScreen.delete(target);
    }
    count();
  }

  /** A page that nobody looks at shows nothing. */
  function count() {
    if (document.hidden) return;
    for (const item of onScreen) if (item.isConnected) were.add(numberOf(item));
    while (were.has(upTo + 1)) upTo += 1;
    list.dispatchEvent(new Event("seen"));
    if (upTo > told) {
      clearTimeout(timer);
      timer = setTimeout(tell, SAVE_AFTER);
    }
  }

  async function tell() {
    clearTimeout(timer);
    if (upTo <= told) return;
    const [first, last] = [told + 1, upTo];
    const body = new URLSearchParams({ csrfmiddlewaretoken: token(), seen_from: first, seen: last });
    const answer = await fetch(list.dataset.read, { method: "POST", body, keepalive: true }).catch(() => undefined);
    if (answer?.ok) told = Math.max(told, last);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? tell() : count()));
  addEventListener("pagehide", tell);
  for (const item of list.querySelectorAll(":scope > .post")) if (numberOf(item) > upTo) watcher.observe(item);
  return {
    watch: (item) => numberOf(item) > upTo && watcher.observe(item),
    has: (item) => were.has(numberOf(item)),
    upTo: () => upTo,
  };
}
