// Sections of a long page on a phone: closed, except the one the address names; opening one puts its name in the address.
(() => {
  const narrow = window.matchMedia("(max-width: 640px)");
  const sections = [...document.querySelectorAll("details.case-section")];
  const named = () => document.getElementById(location.hash.slice(1));
  const show = () => {
    const target = named();
    const section = target && target.closest("details.case-section");
    if (!section) return;
    section.open = true;
    target.scrollIntoView();
  };
  if (narrow.matches) for (const section of sections) section.open = section.contains(named());
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeprint", () => { for (const section of sections) section.open = true; });
  for (const section of sections) {
    section.addEventListener("toggle", () => {
      if (narrow.matches && section.open && !section.contains(named())) history.replaceState(null, "", `#${section.id}`);
    });
  }
  show();
})();
