// Thirty idle minutes end a session: warn five minutes before, ask the server first (another tab may have been used).
"use strict";
(() => {
  const place = document.getElementById("idle");
  if (!place) return;
  const [warning, ended] = place.querySelectorAll("section");
  const form = warning.querySelector("form");
  const warnAt = Number(place.dataset.warn);
  let timer = 0;

  const ask = async (method, headers, body) => {
    const answer = await fetch(place.dataset.address, { method, headers, body, credentials: "same-origin" });
    // a session that has ended is sent on to the log-in page, which is no JSON
    if (answer.redirected || !answer.ok) return 0;
    return (await answer.json()).left;
  };
  const show = (left) => {
    warning.hidden = left > warnAt || left <= 0;
    ended.hidden = left > 0;
    clearTimeout(timer);
    if (left > 0) timer = setTimeout(look, 1000 * (left > warnAt ? left - warnAt : Math.min(left, 20)));
  };
  const look = async () => {
    try {
      show(await ask("GET", { "X-Yifa-Poll": "1" }));
    } catch {
      timer = setTimeout(look, 20000);
    }
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      show(await ask("POST", { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }));
      document.getElementById("main").focus();
    } catch {
      look();
    }
  });
  show(Number(place.dataset.left));
})();
