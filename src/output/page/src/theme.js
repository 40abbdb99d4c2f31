// Light or dark: the system's choice, or the reader's own.

import { useEffect, useState } from "preact/hooks";

const next = { auto: "light", light: "dark", dark: "auto" };

export function useTheme() {
  const [theme, set_theme] = useState("auto");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const [is_dark_system, set_dark_system] = useState(system.matches);
  useEffect(() => {
    const follow = () => set_dark_system(system.matches);
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, []);
  const is_dark = theme === "dark" || (theme === "auto" && is_dark_system);
  document.documentElement.style.colorScheme = theme === "auto" ? "light dark" : theme;
  return { theme, is_dark, turn: () => set_theme(next[theme]) };
}

// Returns the colour that the style sheet's variable has now: `light-dark()` is resolved only in a real property.
export function color_of(variable) {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${variable})`;
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
