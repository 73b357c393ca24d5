// Copy buttons: data-copy names the element whose text is copied, data-done what is then said.
export function start() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.querySelector("[data-label]") ?? button;
    const usual = label.textContent;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        label.textContent = button.dataset.done;
        setTimeout(() => (label.textContent = usual), 2000);
      } catch {
        // Where the clipboard is shut, the text is at least marked.
        getSelection().selectAllChildren(source);
      }
    });
  }
}
