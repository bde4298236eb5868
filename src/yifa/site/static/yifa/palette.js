// Ctrl/⌘ K: the page of the search in a dialog over this one. Without scripts the page itself does the same.
(() => {
  const own = document.currentScript;
  const address = own.dataset.search;
  const caseNo = (location.pathname.match(/^\/desk\/cases\/(\d{4}-\d+)\//) || [])[1] || "";
  let dialog, field, answer, before, waiting, composing = false, asked = 0;

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "palette";
    dialog.setAttribute("aria-label", own.dataset.words);
    const form = document.createElement("form");
    form.action = address;
    field = document.createElement("input");
    field.name = "q";
    field.type = "text";
    field.autocomplete = "off";
    field.setAttribute("aria-label", own.dataset.words);
    form.append(field);
    if (caseNo) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "case";
      hidden.value = caseNo;
      form.append(hidden);
    }
    answer = document.createElement("div");
    dialog.append(form, answer);
    document.body.append(dialog);
    field.addEventListener("compositionstart", () => { composing = true; });
    field.addEventListener("compositionend", () => { composing = false; soon(); });
    field.addEventListener("input", () => { if (!composing) soon(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = answer.querySelector("a");
      if (!composing && first && field.value.trim()) first.click();
    });
    dialog.addEventListener("keydown", walk);
    dialog.addEventListener("close", () => { if (before && before.isConnected) before.focus(); });
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  }

  async function ask() {
    const mine = ++asked;
    const query = new URLSearchParams({ q: field.value, ...(caseNo ? { case: caseNo } : {}) });
    const reply = await fetch(`${address}?${query}`, { headers: { "HX-Request": "true" }, redirect: "error" });
    const text = await reply.text();
    if (mine === asked && (reply.ok || reply.status === 400)) answer.innerHTML = text;
  }

  function walk(event) {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const stops = [field, ...answer.querySelectorAll("a")];
    const here = stops.indexOf(document.activeElement);
    const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!dialog) build();
    if (dialog.open) return;
    before = document.activeElement;
    dialog.showModal();
    field.focus();
    field.select();
    ask();
  });
})();
