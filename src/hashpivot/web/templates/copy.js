"use strict";
// Copy with source: a button on the page of a trace; elsewhere the key c at a number, or with the pointer on it
(() => {
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = `Copied: ${text}`;
    } catch {
      said.textContent = `Copy it from here: ${text}`;
    }
    setTimeout(() => { said.textContent = ""; }, 6000);
  }

  async function copyNumber(link) {
    const twin = new URL(link.href);
    twin.pathname += ".json";
    const answer = await fetch(twin);
    if (answer.ok) await copy((await answer.json()).quote);
    else said.textContent = "Its source could not be asked for.";
  }

  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.dataset.copy));
  }
  document.addEventListener("keydown", (key) => {
    if (key.key !== "c" || key.ctrlKey || key.metaKey || key.altKey) return;
    if (key.target.closest("input, select, textarea, [contenteditable]")) return;
    const number = 'a[href^="/figure/"]';
    const link = document.activeElement.closest(number) || document.querySelector(`${number}:hover`);
    if (link) copyNumber(link);
  });
})();
