// SPDX-FileCopyrightText: 2026 The Drehkreuz authors
// SPDX-License-Identifier: Apache-2.0
// What stands behind the # of an address is never sent to the site; it comes along when the language is switched.
"use strict";

const languageForm = document.querySelector(".house-language");
languageForm.addEventListener("submit", () => {
  const next = languageForm.elements.namedItem("next");
  next.value = next.value.split("#")[0] + window.location.hash;
});
