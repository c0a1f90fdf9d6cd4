// SPDX-FileCopyrightText: 2026 The Drehkreuz authors
// SPDX-License-Identifier: Apache-2.0
// Every page works without this file. With it, the answers live in the link's fragment: a page can be loaded again.

"use strict";

const encode = (text) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const decode = (code) =>
  new TextDecoder().decode(Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)));

/** Put the answers into the link; a fragment is never sent to the server. */
function keep() {
  const state = document.getElementById("state");
  if (state?.dataset.here && state.dataset.case) {
    history.replaceState(null, "", `${state.dataset.here}#${encode(state.dataset.case)}`);
  }
}

/** Send the answers of the link to the page that was asked for without them. */
function restore() {
  const form = document.getElementById("restore");
  if (!form || location.hash.length < 2) return;
  try {
    form.elements.case.value = decode(location.hash.slice(1));
  } catch {
    return; // a link that was cut: the page says how to go on
  }
  form.submit();
}

/** Open what is folded for paper, and offer the button that prints. */
function paper() {
  const button = document.getElementById("print");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** Say a slider's place in words, not as a number. */
function speak(slider) {
  const positions = slider.closest("[data-positions]").dataset.positions.split("|");
  slider.setAttribute("aria-valuetext", positions[slider.valueAsNumber]);
}

for (const slider of document.querySelectorAll("[data-positions] input")) {
  speak(slider);
  slider.addEventListener("input", () => speak(slider));
}

/** Say that an answer is on its way: it may take some seconds. */
function wait(event) {
  const busy = document.getElementById("busy");
  if (event.target.matches("[data-busy]")) busy.textContent = busy.dataset.says;
}

document.addEventListener("submit", wait);
window.addEventListener("pageshow", () => (document.getElementById("busy").textContent = ""));

restore();
keep();
paper();
document.addEventListener("htmx:afterSettle", keep);
