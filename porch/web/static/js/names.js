// Offers names while somebody types @: a list below the field, chosen with the arrow keys, Enter or Tab, or a touch.
import { put } from "./editor.js";

const TYPED = /(?:^|[\s([{>"'])@(\[?[\p{L}\p{N}][^@\n[\]()]{0,40})$/u;
const PAUSE = 150;

export function offerNames(box, text) {
  const list = box.querySelector("[role=listbox]");
  const state = box.querySelector("[data-state]");
  let offers = [], chosen = -1, timer, asked = "";
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", list.id);

  const typed = () => {
    if (text.selectionStart !== text.selectionEnd) return null;
    const found = TYPED.exec(text.value.slice(Math.max(0, text.selectionStart - 60), text.selectionStart));
    // After three words it is no name any more, but a sentence.
    return found && found[1].trim().split(/\s+/).length <= 3 ? found[1] : null;
  };

  function close() {
    clearTimeout(timer);
    offers = [];
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    chosen = (index + offers.length) % offers.length;
    for (const [n, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(n === chosen));
    text.setAttribute("aria-activedescendant", `offer-${chosen}`);
  }

  function take(index) {
    const start = text.selectionStart - typed().length - 1;
    put(text, start, text.selectionStart, `${offers[index].written} `);
    close();
  }

  async function ask(words) {
    asked = words;
    const q = encodeURIComponent(words.replace("[", ""));
    const answer = await fetch(`${box.dataset.people}?q=${q}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || asked !== words || typed() !== words) return;
    show((await answer.json()).people);
  }

  function show(people) {
    offers = people;
    list.replaceChildren(...people.map(item));
    list.hidden = !people.length;
    state.textContent = people.length ? box.dataset.saysOffers.replace("{n}", people.length) : "";
    if (people.length) choose(0);
    else close();
  }

  function item(offer, index) {
    const row = document.createElement("li");
    row.id = `offer-${index}`;
    row.setAttribute("role", "option");
    row.textContent = offer.name;
    // The field keeps the focus.
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => take(index));
    return row;
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    const words = typed();
    if (!words) return list.hidden || close();
    timer = setTimeout(() => ask(words), PAUSE);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(chosen + step);
    else if (event.key === "Enter" || event.key === "Tab") take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  text.addEventListener("blur", close);
}
