// The evidence player: step, speed, where it stands; a mark takes the place where the recording is. All else works without it.
(() => {
  const player = document.querySelector(".player");
  const media = player && player.querySelector("video, audio");
  if (!media) return;
  const steps = player.querySelector(".player-steps");
  const place = player.querySelector("[data-place]");
  const second = document.getElementById("f-second");
  const words = (seconds) => {
    const whole = Math.floor(seconds || 0), pad = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600), rest = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
    return hours ? `${hours}:${rest}` : rest;
  };
  const show = () => {
    place.textContent = `${words(media.currentTime)} / ${words(media.duration)}`;
    if (second && document.activeElement !== second && media.currentTime) second.value = words(media.currentTime);
  };
  steps.hidden = false;
  for (const button of steps.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => { media.currentTime = Math.max(0, media.currentTime + Number(button.dataset.step)); });
  }
  steps.querySelector("[data-speed]").addEventListener("change", (event) => { media.playbackRate = Number(event.target.value); });
  for (const event of ["timeupdate", "loadedmetadata", "seeked"]) media.addEventListener(event, show);
  const form = player.querySelector("form");
  form.addEventListener("submit", (event) => {
    const parts = form.elements.t.value.normalize("NFKC").split(":").map(Number);
    if (!form.elements.t.value || parts.some((part) => Number.isNaN(part))) return;
    event.preventDefault();
    media.currentTime = parts.reduce((sum, part) => sum * 60 + part, 0);
  });
})();
