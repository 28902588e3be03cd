// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs before the first paint, so that neither a theme nor a name flashes. Classic and blocking on purpose.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("kit.theme");
    if (theme === "light" || theme === "dark") root.classList.add(`theme-${theme}`);
    root.classList.toggle("blur-names", localStorage.getItem("kit.blur") === "on");
  } catch {
    // Storage is refused: the system's theme and plain names are right.
  }
})();
