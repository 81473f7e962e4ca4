(function () {
  var chosen = "system";
  try {
    var stored = JSON.parse(localStorage.getItem("patchbay.preferences") || "{}");
    chosen = (stored.state && stored.state.theme) || "system";
  } catch {
    /* Storage is closed to us (private mode): the system's theme it is. */
  }
  var dark = chosen === "dark" || (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
