import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Theme = "system" | "light" | "dark";

/** What a person chose for this browser. Kept apart from the session: signing out does not undo it. */
export interface Preferences {
  theme: Theme;
  /** A language tag of the catalogue, or null to follow the browser. */
  language: string | null;
  sidebarOpen: boolean;
  model: string | null;
  recentModels: string[];
  favouriteModels: string[];
}

const RECENT_MODELS = 5;

/** `public/theme.js` reads the same entry before the application starts. */
export const PREFERENCES_KEY = "patchbay.preferences";

export const usePreferences = create<Preferences>()(
  persist(
    (): Preferences => ({
      theme: "system",
      language: null,
      sidebarOpen: true,
      model: null,
      recentModels: [],
      favouriteModels: [],
    }),
    { name: PREFERENCES_KEY, version: 1 },
  ),
);

export const preferences = {
  current: () => usePreferences.getState(),
  setTheme: (theme: Theme) => usePreferences.setState({ theme }),
  setLanguage: (language: string | null) => usePreferences.setState({ language }),
  toggleSidebar: () => usePreferences.setState((now) => ({ sidebarOpen: !now.sidebarOpen })),
  /** Makes a model the current one without counting it as a choice. */
  showModel: (model: string) => usePreferences.setState({ model }),
  chooseModel: (model: string) =>
    usePreferences.setState((now) => ({
      model,
      recentModels: [model, ...now.recentModels.filter((other) => other !== model)].slice(0, RECENT_MODELS),
    })),
  toggleFavourite: (model: string) =>
    usePreferences.setState((now) => ({
      favouriteModels: now.favouriteModels.includes(model)
        ? now.favouriteModels.filter((other) => other !== model)
        : [...now.favouriteModels, model],
    })),
};

const systemDark = () => window.matchMedia("(prefers-color-scheme: dark)");

function paint(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && systemDark().matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", dark ? "#15191b" : "#ffffff");
}

/** Keeps the page in the chosen theme and follows the system at once where that was chosen. */
export function keepTheme(): void {
  paint(preferences.current().theme);
  usePreferences.subscribe((now) => paint(now.theme));
  systemDark().addEventListener("change", () => paint(preferences.current().theme));
}
