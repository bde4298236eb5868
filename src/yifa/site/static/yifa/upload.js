// Files of a form, sent part by part (docs/spec/evidence.md): a line that breaks or a page loaded again loses one part at most.
// Without this script, or on a page without https, the form sends its files itself, whole.
"use strict";
(() => {
  const place = document.querySelector("[data-uploads]");
  if (!place || !window.crypto || !crypto.subtle) return;
  const input = place.querySelector("input[type=file]");
  const list = place.querySelector("[data-list]"), pattern = place.querySelector("template");
  const form = place.closest("form"), words = place.dataset, token = form.elements.csrfmiddlewaretoken.value;
  const PART = Number(words.part), TRIES = [1000, 3000, 8000];
  // Refused for good: another try begins anew. A log-in that has ended or a full disk leaves what was sent where it is.
  const OVER = new Set([400, 404, 410, 413, 415, 422]);
  const waiting = [], shown = new Set();

  const pause = (time) => new Promise((done) => { setTimeout(done, time); });
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0")).join("");
  const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const mega = (count) => (count < 1048576 ? `${Math.ceil(count / 1024)} KB` : `${(count / 1048576).toFixed(1)} MB`);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // What the server will not take, in its own words, as against a line that broke, which is tried again.
  class Refused extends Error { constructor(text, status) { super(text); this.status = status; } }

  const ask = async (method, address, headers = {}, body = undefined) => {
    const answer = await fetch(address, {
      method, body, credentials: "same-origin", redirect: "manual",
      headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers },
    });
    if (answer.ok) return answer;
    if (!answer.headers.get("Tus-Resumable")) {
      if (answer.status >= 500) throw new TypeError(words.server);
      throw new Refused(words.login, answer.status);
    }
    throw new Refused(await answer.text(), answer.status);
  };

  // Tried again after a while; what the server refuses is not.
  const patiently = async (row, deed) => {
    for (let turn = 0; ; turn += 1) {
      try {
        return await deed();
      } catch (error) {
        if (error instanceof Refused || turn === TRIES.length || row.ended) throw error;
        row.say(words.again);
        await pause(TRIES[turn]);
      }
    }
  };

  const digests = async (file, until, known) => {
    for (let at = known.length * PART; at < until; at += PART) {
      known.push(hex(await crypto.subtle.digest("SHA-256", await file.slice(at, at + PART).arrayBuffer())));
    }
    return known;
  };

  class Row {
    constructor(name, size) {
      const made = pattern.content.firstElementChild.cloneNode(true);
      const find = (key) => made.querySelector(`[data-${key}]`);
      Object.assign(this, {
        name, size, element: made, state: find("state"), bar: find("bar"), reason: find("reason"), retry: find("retry"),
        drop: find("drop"), ticket: find("ticket"), file: null, address: "", ended: false, busy: false,
      });
      find("name").textContent = name;
      find("size").textContent = mega(size);
      this.bar.max = size;
      this.bar.setAttribute("aria-label", name);
      this.retry.addEventListener("click", () => this.send());
      this.drop.addEventListener("click", () => this.end());
      list.append(made);
      shown.add(this);
    }

    say(text) { if (this.state.textContent !== text) this.state.textContent = text; }

    look(kind) {
      this.element.className = `upload-${kind}`;
      this.bar.hidden = kind !== "sending";
      this.retry.hidden = kind !== "failed" || !this.file;
      this.reason.hidden = kind !== "failed" && kind !== "waiting";
    }

    progress(offset) {
      this.bar.value = offset;
      const percent = Math.floor((100 * offset) / this.size);
      this.say(fill(words.sending, { percent, sent: mega(offset), size: mega(this.size) }));
    }

    fail(text) {
      this.look("failed");
      this.say(words.failed);
      this.reason.textContent = text;
      this.retry.focus();
    }

    done(told) {
      this.look(told.state === "checked" ? "done" : "failed");
      this.say(told.state === "checked" ? words.done : words.damaged);
      this.retry.hidden = true;
      this.reason.textContent = told.said;
      // what was sent from this page goes with its form; what is left from before is chosen by hand
      Object.assign(this.ticket, { value: told.ticket, disabled: false, checked: Boolean(this.file), hidden: Boolean(this.file) });
      if (told.state !== "checked") place.querySelector("[data-as-is]").hidden = false;
      goOn();
    }

    forget() {
      const address = this.address;
      this.address = "";
      if (address) ask("DELETE", address).catch(() => undefined);
    }

    end() {
      this.ended = true;
      this.element.remove();
      shown.delete(this);
      const next = list.querySelector("button:not([hidden])") || input;
      next.focus();
      goOn();
      this.forget();
    }

    async send() {
      if (this.busy || this.ended) return;
      this.busy = true;
      this.look("sending");
      try {
        await this.through();
      } catch (error) {
        if (!this.ended) this.fail(error instanceof Refused ? error.message : words.broken);
        if (OVER.has(error.status)) this.forget();
      } finally {
        this.busy = false;
        // dropped while the server was making room for it: its address is known only now
        if (this.ended) this.forget();
      }
    }

    async through() {
      const known = [];
      let offset = 0;
      if (this.address) offset = await this.stands();
      else await this.open();
      await digests(this.file, offset, known);
      while (offset < this.size && !this.ended) {
        this.progress(offset);
        const part = await this.file.slice(offset, offset + PART).arrayBuffer();
        const digest = await crypto.subtle.digest("SHA-256", part);
        known[offset / PART] = hex(digest);
        offset = await patiently(this, () => this.part(offset, part, digest));
      }
      if (this.ended) return;
      this.progress(offset);
      this.say(words.checking);
      const headers = { "Content-Type": "application/json" }, body = JSON.stringify({ chunks: known });
      this.done(await (await patiently(this, () => ask("POST", this.address, headers, body))).json());
    }

    async open() {
      const named = base64(new TextEncoder().encode(this.name));
      const headers = { "Upload-Length": this.size, "Upload-Metadata": `filename ${named}` };
      const answer = await patiently(this, () => ask("POST", words.uploads, headers));
      this.address = answer.headers.get("Location");
    }

    async stands() {
      return Number((await patiently(this, () => ask("HEAD", this.address))).headers.get("Upload-Offset"));
    }

    // A part that came in although its answer was lost: the server stands behind it, and nothing is sent twice.
    async part(offset, part, digest) {
      const headers = {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset, "Upload-Checksum": `sha256 ${base64(digest)}`,
      };
      try {
        return Number((await ask("PATCH", this.address, headers, part)).headers.get("Upload-Offset"));
      } catch (error) {
        if (error instanceof Refused && error.status === 460) throw new TypeError(error.message);
        if (!(error instanceof Refused) || error.status !== 409) throw error;
        const stands = await this.stands();
        if (stands !== offset + part.byteLength) throw error;
        return stands;
      }
    }
  }

  // The file an unfinished upload began with: same name and length, and its first parts are those the server has.
  const begunWith = async (file) => {
    for (const row of shown) {
      if (row.file || !row.begun || row.name !== file.name || row.size !== file.size) continue;
      const mine = await digests(file, row.begun.offset, []);
      if (mine.join() === row.begun.chunks.join()) return row;
    }
    return null;
  };

  const work = async () => {
    if (work.running) return;
    work.running = true;
    while (waiting.length) await waiting.shift().send();
    work.running = false;
  };

  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    for (const file of files) {
      const row = (await begunWith(file)) || new Row(file.name, file.size);
      row.file = file;
      row.look("sending");
      row.say(words.waiting);
      waiting.push(row);
    }
    work();
  });

  // A form waits for the files on their way and then goes by itself; those that failed are tried again or dropped first.
  let wanted = null;
  const hint = place.querySelector("[data-unsent]");
  const unsent = () => [...shown].some((row) => row.file && row.ticket.disabled);
  form.addEventListener("submit", (event) => {
    if (!unsent()) return;
    event.preventDefault();
    wanted = event.submitter;
    hint.hidden = false;
    hint.focus();
  });
  const goOn = () => {
    if (!wanted || unsent()) return;
    hint.hidden = true;
    form.requestSubmit(wanted);
  };

  window.addEventListener("online", () => {
    for (const row of shown) if (row.file && row.element.className === "upload-failed" && row.ticket.disabled) row.send();
  });

  const onTheirWay = async () => {
    const { uploads } = await (await ask("GET", words.uploads)).json();
    const tickets = new Set([...place.querySelectorAll("[data-received]")].map((one) => one.dataset.received));
    for (const told of uploads) {
      if (tickets.has(told.key)) continue;
      const row = new Row(told.name, told.size);
      Object.assign(row, { address: told.address, begun: told });
      if (told.ticket) {
        row.done(told);
        row.reason.hidden = false;
        row.reason.textContent = words.left;
      } else {
        row.look("waiting");
        row.progress(told.offset);
        row.reason.textContent = words.resume;
      }
    }
  };
  onTheirWay().catch(() => undefined);
})();
