// What script adds; every page is whole without it.

// Marks in the text and lines of the schedule show each other when pointed at or focused.
const lines = new Map();
for (const part of document.querySelectorAll("[data-uid]")) {
  for (const uid of part.dataset.uid.split(" ")) {
    if (!lines.has(uid)) lines.set(uid, []);
    lines.get(uid).push(part);
  }
}
const light = (event, on) => {
  const part = event.target instanceof Element && event.target.closest("[data-uid]");
  if (!part) return;
  for (const uid of part.dataset.uid.split(" ")) {
    for (const other of lines.get(uid) ?? []) other.classList.toggle("lit", on);
  }
};
if (lines.size) {
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }
}

// Copying an address.
const armed = (root) => {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = button.closest(".copying").querySelector("input");
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      button.textContent = "✓";
    });
  }
};
armed(document);

// Escape closes what is open over the page; a press elsewhere does, too.
const over = () => document.querySelectorAll(".languages[open], .grid details[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const part of over()) {
    part.open = false;
    part.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const part of over()) if (!part.contains(event.target)) part.open = false;
});

// The month by the arrow keys: from day to day, as the table stands.
const grid = document.querySelector("table.grid");
grid?.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }[event.key];
  const cell = event.target.closest("td");
  if (!step || !cell || event.target.closest("ul")) return;
  const mirrored = document.documentElement.dir === "rtl" && Math.abs(step) === 1 ? -step : step;
  const cells = [...grid.querySelectorAll("td")];
  for (let at = cells.indexOf(cell) + mirrored; cells[at]; at += mirrored) {
    const next = cells[at].querySelector("summary");
    if (next) {
      event.preventDefault();
      next.focus();
      return;
    }
  }
});

// The choice of a feed: count, preview and address follow each control.
const live = document.querySelector("[data-live]");
const form = live && document.querySelector("form.sentence");
if (form) {
  let last = 0;
  const show = async () => {
    const turn = ++last;
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const address = `${form.getAttribute("action")}?${chosen}`;
    live.classList.add("stale");
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (turn !== last || !answer.ok) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
      live.replaceChildren(...found.childNodes);
      armed(live);
      history.replaceState(null, "", address);
    } finally {
      if (turn === last) live.classList.remove("stale");
    }
  };
  let wait;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(show, 350);
  });
}

// Trying a document: a file may be dropped; the button waits for the language.
const trial = document.querySelector("form.try");
if (trial) {
  const language = trial.querySelector("select[name=lang]");
  const button = trial.querySelector("button");
  const ready = () => { button.disabled = !language.value; };
  language.addEventListener("change", ready);
  ready();
  const drop = trial.querySelector(".drop");
  const input = trial.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over-it");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over-it"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    else drop.querySelector("textarea").value = event.dataTransfer.getData("text/plain");
  });
}

// A printed page shows what the screen folds.
const unprinted = new Set();
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details.fold:not([open]), details.why:not([open]), details.appeals:not([open])")) {
    unprinted.add(part);
    part.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const part of unprinted) part.open = false;
  unprinted.clear();
});
