// SPDX-FileCopyrightText: 2026 The Drehkreuz authors
// SPDX-License-Identifier: Apache-2.0
// The firm's file is read here and counted together; what is sent are the counts. Without this file the site does it.

"use strict";

const form = document.getElementById("firm");
const file = form.elements.namedItem("file");
const table = form.elements.namedItem("table");
const told = document.getElementById("read");
const words = document.getElementById("words").content;
const rules = fetch(form.dataset.rules).then((answer) => answer.json());

const TIMES = /^\d{1,2}[:.]\d{2}\s*[-–]\s*\d{1,2}[:.]\d{2}$/;
const COLUMNS = ["where", "lat", "lon", "shift", "mode", "days"];
const SHOWN = 6;
const LARGEST = 20 * 2 ** 20;

class Refused extends Error {}

const say = (name, values = {}) =>
  words.querySelector(`[data-word="${name}"]`).textContent.replace(/\{(\w+)\}/g, (_all, key) => values[key]);

const kind = (name) => words.querySelector(`[data-kind="${name}"]`).textContent;

/** As `fold` of the library: what does not matter in a heading is left out. */
const fold = (text) =>
  text.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue")
    .replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The rows of a CSV with their lines; the sign that parts cells is the most frequent one. */
function rowsOf(text) {
  const head = text.slice(0, 65536);
  const parts = [";", ",", "\t"].map((sign) => [head.split(sign).length, sign]).sort((a, b) => b[0] - a[0])[0][1];
  const rows = [];
  let cells = [], cell = "", quoted = false, line = 1, begins = 1;
  const end = () => {
    cells.push(cell.trim());
    if (cells.some(Boolean)) rows.push([begins, cells]);
    [cells, cell, begins] = [[], "", line];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "\n") line += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else quoted = false;
    } else if (sign === '"' && !cell.trim()) [quoted, cell] = [true, ""];
    else if (sign === parts) [cells, cell] = [[...cells, cell.trim()], ""];
    else if (sign === "\n") end();
    else if (sign !== "\r") cell += sign;
  }
  end();
  return rows;
}

/** The place of each column; a heading that points to people, or that nobody knows, ends it all. */
function columnsOf(headings, known) {
  const meaning = new Map(Object.entries(known.columns).flatMap(([column, names]) => names.map((name) => [name, column])));
  const places = new Map();
  headings.forEach((heading, place) => {
    const folded = fold(heading);
    if (!folded) return;
    if (!meaning.has(folded)) {
      const found = Object.entries(known.personal).find(([, pattern]) => new RegExp(pattern, "u").test(folded));
      if (found || heading.includes("@")) throw new Refused(say("personal", { n: place + 1, kind: kind(found ? found[0] : "e-mail addresses") }));
      throw new Refused(say("unknown", { n: place + 1 }));
    }
    if (places.has(meaning.get(folded))) throw new Refused(say("twice"));
    places.set(meaning.get(folded), place);
  });
  if (!places.has("where") && !(places.has("lat") && places.has("lon"))) throw new Refused(say("where"));
  if (!places.has("shift")) throw new Refused(say("shift"));
  return places;
}

const number = (text) => (/^[\d.,\s]+$/.test(text) ? Number(text.includes(",") ? text.replaceAll(".", "").replace(",", ".") : text) : NaN);

/** Coordinates to a hundredth of a degree, about a kilometre: finer ones are never sent. */
const coarse = (text) => {
  const degrees = Number(text.replace(",", "."));
  return text && Number.isFinite(degrees) && Math.abs(degrees) <= 180 ? degrees.toFixed(2) : "";
};

/** Names of shifts in the box, as the site reads them. */
const named = () =>
  form.elements.namedItem("shifts").value.split("\n").map((line) =>
    (line.includes("=") ? line.split("=")[0] : line.replace(/[\s:]*\d{1,2}[:.]\d{2}\s*[-–].*$/, "")).trim());

/** Counts by cell, shift, way of coming and days; throws where a row cannot be understood. */
function counted(rows, places, known) {
  const shifts = new Set([...named(), ...known.rotas]);
  const groups = new Map();
  const wrong = [];
  for (const [row, cells] of rows) {
    cells.forEach((cell, place) => {
      const found = Object.entries(known.telltale).find(([, pattern]) => new RegExp(pattern, "u").test(cell));
      if (found) throw new Refused(say("personal", { n: place + 1, kind: kind(found[0]) }));
    });
    const read = (column) => (places.has(column) ? cells[places.get(column)] ?? "" : "");
    const mode = read("mode") ? known.modes[fold(read("mode"))] : "";
    const people = read("count") ? number(read("count")) : 1;
    const days = read("days") ? number(read("days")) : 5;
    const home = read("where") ? [read("where"), "", ""] : ["", coarse(read("lat")), coarse(read("lon"))];
    if (home[0] ? home[0].length > known.longest || /\s/.test(home[0]) : !home[1] || !home[2]) wrong.push(say("row_where", { row }));
    else if (!TIMES.test(read("shift")) && !shifts.has(read("shift"))) wrong.push(say("row_shift", { row }));
    else if (mode === undefined) wrong.push(say("row_mode", { row }));
    else if (!(people >= 1 && Number.isInteger(people) && days > 0 && days <= 7)) wrong.push(say("row_number", { row }));
    else {
      const key = JSON.stringify([...home, read("shift"), mode, days]);
      groups.set(key, (groups.get(key) ?? 0) + people);
    }
  }
  if (wrong.length > SHOWN) wrong.splice(SHOWN, Infinity, say("more", { n: wrong.length - SHOWN }));
  if (wrong.length) throw new Refused(wrong.join("\n"));
  if (!groups.size) throw new Refused(say("empty"));
  return groups;
}

const written = (groups) => {
  const rows = [...groups].map(([key, people]) => [...JSON.parse(key), people]).sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const used = [...COLUMNS, "count"].map((_name, at) => at > 2 || rows.some((row) => row[at] !== ""));
  const line = (row) => row.filter((_cell, at) => used[at]).map((cell) => (/[",;]/.test(cell) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(",");
  return [[...COLUMNS, "count"], ...rows].map(line).join("\n");
};

function show(groups, text) {
  const people = [...groups.values()].reduce((sum, some) => sum + some, 0);
  const shown = (value) => value.toLocaleString(document.documentElement.lang);
  const said = document.createElement("p");
  const sent = document.createElement("pre");
  said.textContent = say("done", { people: shown(people), groups: shown(groups.size) });
  sent.textContent = text;
  sent.tabIndex = 0;
  told.replaceChildren(said, sent);
}

function refuse(message) {
  told.replaceChildren(...message.split("\n").map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

/** Read the file that was chosen; resolves to whether its counts are ready to be sent. */
async function aggregate() {
  table.value = "";
  told.replaceChildren();
  told.classList.remove("employer-read--wrong");
  const [chosen] = file.files;
  if (!chosen) return false;
  try {
    if (chosen.size > LARGEST) throw new Refused(say("unreadable"));
    const known = await rules;
    const [first, ...rest] = rowsOf(decoded(await chosen.arrayBuffer()));
    if (!first) throw new Refused(say("empty"));
    const groups = counted(rest, columnsOf(first[1], known), known);
    table.value = written(groups);
    show(groups, table.value);
    return true;
  } catch (error) {
    told.classList.add("employer-read--wrong");
    refuse(error instanceof Refused ? error.message : say("unreadable"));
    return false;
  }
}

file.removeAttribute("name"); // so that the browser never sends it
document.querySelector("[data-without-script]").hidden = true;
document.querySelector("[data-with-script]").hidden = false;
file.addEventListener("change", aggregate);
form.addEventListener("submit", async (event) => {
  if (!file.files.length) return; // the counts of before, or none: the site says what is missing
  event.preventDefault();
  if (await aggregate()) form.submit();
  else told.scrollIntoView({ block: "nearest" });
});
