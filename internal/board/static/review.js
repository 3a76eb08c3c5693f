// Comfort for those who review a plan in a browser that runs scripts: keys, and marking in the text.
"use strict";

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;

const drafts = [...document.querySelectorAll(".draft")];
const panel = document.getElementById("plantext");

// The draft that keys are about: the one that has the focus, else the one that the address names.
function current() {
  return document.activeElement?.closest(".draft") ?? document.querySelector(".draft:target");
}

// look goes to a draft and shows its sentence in the text beside it.
function look(draft) {
  if (!draft) return;
  draft.focus({ preventScroll: true });
  draft.scrollIntoView({ block: "nearest" });
  const sign = draft.dataset.text && document.getElementById(draft.dataset.text);
  if (sign && panel.scrollHeight > panel.clientHeight) {
    panel.scrollTop += sign.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
  }
}

function step(by) {
  const at = drafts.indexOf(current());
  look(drafts[at < 0 ? 0 : Math.min(Math.max(at + by, 0), drafts.length - 1)]);
}

function press(value) {
  (current() ?? drafts[0])?.querySelector(`.acts button[value="${value}"]`)?.click();
}

// selected is what is selected in the text, by code points, without blanks around it.
function selected() {
  const selection = getSelection();
  if (!panel?.dataset.add || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!panel.contains(range.startContainer) || !panel.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(panel);
  before.setEnd(range.startContainer, range.startOffset);
  const text = range.toString();
  const start = [...before.toString()].length + [...text].length - [...text.trimStart()].length;
  const length = [...text.trim()].length;
  return length > 0 ? { start, end: start + length } : null;
}

function addSelected() {
  const part = selected();
  if (part) location.assign(`${panel.dataset.add}&add=${part.start}-${part.end}#add`);
}

const button = document.getElementById("add-selected");
if (button) {
  document.addEventListener("selectionchange", () => { button.hidden = !selected(); });
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  button.addEventListener("click", addSelected);
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  c: () => press("confirm"),
  r: () => press("reject"),
  u: () => press("draft"),
  a: addSelected,
  e: () => {
    const form = (current() ?? drafts[0])?.querySelector("details.edit");
    if (!form) return;
    form.open = true;
    form.querySelector('input[name="name"]').focus();
  },
  "?": () => {
    const help = document.getElementById("keys");
    help.open = !help.open;
    help.scrollIntoView({ block: "nearest" });
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest("input, select, textarea");
  if (field) {
    if (event.key === "Escape") look(field.closest(".draft"));
    return;
  }
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

look(document.querySelector(".draft:target"));
