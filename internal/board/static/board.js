// Comfort for those whose browser runs scripts; every page works without.
"use strict";

// A select that is marked so sends its form as it changes.
for (const field of document.querySelectorAll("[data-submits]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}

// Pages are printed from their own buttons.
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The form of a report is checked as it is filled in; what would become of it stands below.
const report = document.getElementById("report");
if (report) {
  let wait, asked = 0;
  const check = async () => {
    const now = ++asked;
    const body = new URLSearchParams(new FormData(report));
    body.set("action", "check");
    if (!body.get("value") && !body.get("numerator") && !body.get("missing")) return;
    const answer = await fetch(report.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (now !== asked) return; // something else was typed meanwhile
    const shown = page.getElementById("checked") ?? document.createElement("div");
    const refused = page.getElementById("refused");
    document.getElementById("checked").replaceChildren(...(refused ? [refused] : shown.childNodes));
  };
  report.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(check, 500);
  });
}
