// Takes pictures that are pasted, dropped or chosen: sent at once, with a place in the text that shows how far they are.
import { put, tell } from "./editor.js";

let count = 0;

/** Let a field take pictures; give what opens the choice of one. */
export function takePictures(box, text) {
  const byHand = box.querySelector("[data-by-hand]");
  const input = byHand.querySelector("input[type=file]");
  byHand.hidden = true;
  const take = (files) => {
    const pictures = [...files].filter((file) => file.type.startsWith("image/"));
    for (const file of pictures) send(box, text, file);
    return pictures.length > 0;
  };
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  text.addEventListener("paste", (event) => {
    // Words that come with a picture, as from a spreadsheet, are what was meant.
    if (event.clipboardData.types.includes("text/plain")) return;
    if (take(event.clipboardData.files)) event.preventDefault();
  });
  text.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
  text.addEventListener("dragleave", () => box.classList.remove("is-over"));
  text.addEventListener("drop", (event) => {
    box.classList.remove("is-over");
    if (take(event.dataTransfer.files)) event.preventDefault();
  });
  return () => input.click();
}

function send(box, text, file) {
  tell(box, "");
  if (file.size > Number(box.dataset.most) * 1e6) return tell(box, box.dataset.saysTooLarge);
  const says = box.dataset;
  count += 1;
  const name = `${says.saysLoading} ${count}`;
  let holder = `![${name}: 0 %]()`;
  put(text, text.selectionStart, text.selectionEnd, holder);
  const data = new FormData();
  data.append("csrfmiddlewaretoken", text.form.elements.csrfmiddlewaretoken.value);
  data.append("picture", file, file.name || "picture.png");
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) holder = swap(text, holder, `![${name}: ${Math.floor((event.loaded / event.total) * 99)} %]()`);
  });
  const fail = (words) => {
    swap(text, holder, "");
    tell(box, words || says.saysFailed);
  };
  request.addEventListener("error", () => fail());
  request.addEventListener("load", () => {
    const answer = read(request);
    if (request.status >= 300 || !answer.address) return fail([answer.title, answer.detail].filter(Boolean).join(" "));
    const isHere = document.activeElement === text;
    const at = text.value.indexOf(holder);
    swap(text, holder, `![${says.alt}](${answer.address})`);
    // Whoever goes on writing meanwhile is not taken elsewhere.
    if (isHere && at !== -1 && text.selectionStart <= at + holder.length + 40) text.setSelectionRange(at + 2, at + 2 + says.alt.length);
    box.querySelector("[data-state]").textContent = says.saysAdded;
  });
  request.open("POST", says.pictures);
  request.setRequestHeader("Accept", "application/json");
  request.send(data);
}

function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

/** Put other words in the place of a holder, wherever it is by now, and leave the caret where it was. */
function swap(text, holder, words) {
  const at = text.value.indexOf(holder);
  if (at === -1) return words;
  text.setRangeText(words, at, at + holder.length, "preserve");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  return words;
}
