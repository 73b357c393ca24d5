// The tools over a text field: marks around what is selected, by button or key; a preview in place; Ctrl+Enter sends.
import { keepDrafts } from "./drafts.js";
import { offerNames } from "./names.js";
import { takePictures } from "./pictures.js";
import { localize } from "./times.js";

const AROUND = { bold: ["**", "**"], italic: ["*", "*"], hide: ["||", "||"] };
const BEFORE = { quote: "> ", list: "- " };
const KEYS = { b: "bold", i: "italic", k: "link" };

export function start() {
  for (const box of document.querySelectorAll("[data-editor]")) begin(box);
}

function begin(box) {
  const text = box.querySelector("textarea");
  const form = text.form;
  const pick = takePictures(box, text);
  const use = (tool) => (tool === "picture" ? pick() : apply(text, tool));
  walkTools(box, use);
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const tool = event.shiftKey ? undefined : KEYS[event.key.toLowerCase()];
    if (event.key !== "Enter" && !tool) return;
    event.preventDefault();
    if (tool) use(tool);
    else form.requestSubmit(form.querySelector("button.primary"));
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "preview") preview(box, form, event);
  }, { capture: true });
  if (box.dataset.people) offerNames(box, text);
  if (box.dataset.draft) keepDrafts(box, form);
  quoteSelected(form, text);
}

/** One stop for the Tab key; the arrow keys go on from there. */
function walkTools(box, use) {
  const tools = [...box.querySelectorAll("[data-tool]")];
  for (const tool of tools) tool.addEventListener("click", () => use(tool.dataset.tool));
  box.querySelector("[role=toolbar]").addEventListener("keydown", (event) => {
    const at = tools.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tools.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = tools[(next + tools.length) % tools.length];
    for (const tool of tools) tool.tabIndex = tool === to ? 0 : -1;
    to.focus();
  });
}

/** Put marks around the selection, or before its lines. What is marked already is unmarked. */
function apply(text, tool) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const chosen = value.slice(from, to);
  if (tool in BEFORE) return markLines(text, BEFORE[tool]);
  if (tool === "link") return markLink(text, chosen, from);
  if (tool === "code" && chosen.includes("\n")) return put(text, from, to, `\`\`\`\n${chosen}\n\`\`\``);
  const [open, close] = tool === "code" ? ["`", "`"] : AROUND[tool];
  if (value.slice(from - open.length, from) === open && value.slice(to, to + close.length) === close) {
    put(text, from - open.length, to + close.length, chosen);
    return text.setSelectionRange(from - open.length, to - open.length);
  }
  put(text, from, to, open + chosen + close);
  text.setSelectionRange(from + open.length, to + open.length);
}

function markLines(text, mark) {
  const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const end = text.value.indexOf("\n", text.selectionEnd);
  const to = end === -1 ? text.value.length : end;
  const lines = text.value.slice(from, to).split("\n");
  const isMarked = lines.every((line) => line.startsWith(mark));
  put(text, from, to, lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n"));
}

function markLink(text, chosen, from) {
  const isAddress = /^https?:\/\/\S+$/.test(chosen);
  put(text, from, from + chosen.length, isAddress ? `[](${chosen})` : `[${chosen}](https://)`);
  const at = isAddress ? from + 1 : from + chosen.length + 3;
  text.setSelectionRange(at, isAddress ? at : at + "https://".length);
}

/** Replace a part of the text as if it were typed, so that it can be undone. */
export function put(text, from, to, words) {
  text.focus();
  text.setSelectionRange(from, to);
  const isDone = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (isDone) return;
  text.setRangeText(words, from, to, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Fetch the preview, and show it where the page would. Without an answer the form is sent as ever. */
async function preview(box, form, event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const data = new FormData(form, event.submitter);
  data.delete("picture");
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = page?.querySelector("[data-preview]");
  const place = form.querySelector("[data-preview]");
  const refused = page?.getElementById("source-error")?.textContent ?? "";
  tell(box, shown ? refused : box.dataset.saysFailed);
  if (!shown || refused) return;
  place.replaceChildren(...shown.childNodes);
  localize(place);
  place.querySelector("h2")?.focus();
}

/** Say beside the field what went wrong; nothing takes it away. */
export function tell(box, words) {
  const trouble = box.querySelector("[data-trouble]");
  trouble.textContent = words;
  trouble.hidden = !words;
}

/** Quote the words that are selected in a post; where none are, the server quotes all of it. */
function quoteSelected(form, text) {
  for (const button of document.querySelectorAll(`[data-quote][form="${form.id}"]`)) {
    button.addEventListener("click", (event) => {
      const chosen = getSelection();
      const said = button.closest(".post").querySelector(".said");
      const words = chosen.toString().trim();
      if (!words || !said.contains(chosen.anchorNode) || !said.contains(chosen.focusNode)) return;
      event.preventDefault();
      const name = button.dataset.quoteName.replace(/[[\]*_`~<>|\\&!\n]/g, "");
      // Nobody is called again by a quotation.
      const lines = words.replace(/@/g, "\\@").split("\n").map((line) => `> ${line}`.trimEnd());
      const quote = [`> [${name} #${button.value}](${button.dataset.quote}):`, ">", ...lines].join("\n");
      const before = text.value.trimEnd();
      put(text, before.length, text.value.length, `${before ? "\n\n" : ""}${quote}\n\n`);
    });
  }
}
