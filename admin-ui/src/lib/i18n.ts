import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import type consoleTexts from "@/locales/console/en.json";
import type en from "@/locales/en.json";
import { preferences, usePreferences } from "./preferences";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    // At run time two parts, the second of which is looked into when the first has no such text. Which pages may use it is checked by the build.
    resources: { app: typeof en & typeof consoleTexts };
  }
}

/** The languages that have a catalogue, each by its own name. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  en: "English",
  "zh-CN": "简体中文",
};

type Load = () => Promise<{ default: unknown }>;

/** The texts of every page, and those that only the console needs, which come with it. */
const catalogues: Readonly<Record<string, Readonly<Record<string, Load>>>> = {
  en: { app: () => import("@/locales/en.json"), console: () => import("@/locales/console/en.json") },
  "zh-CN": { app: () => import("@/locales/zh-CN.json"), console: () => import("@/locales/console/zh-CN.json") },
};

const catalogueBackend: BackendModule = {
  type: "backend",
  init: () => {},
  read: (language, part, callback) => {
    const load = catalogues[language]?.[part];
    if (!load) {
      callback(new Error(`there is no catalogue '${part}' for the language '${language}'`), false);
      return;
    }
    load().then(
      (catalogue) => callback(null, catalogue.default as Record<string, string>),
      (cause: Error) => callback(cause, false),
    );
  },
};

/** The best catalogue for an ordered list of wished language tags. */
export function matchLanguage(wished: readonly string[]): string {
  for (const tag of wished) {
    const lower = tag.toLowerCase();
    const exact = Object.keys(LANGUAGES).find((language) => language.toLowerCase() === lower);
    if (exact) {
      return exact;
    }
    const primary = lower.split("-")[0];
    const near = Object.keys(LANGUAGES).find((language) => language.toLowerCase().split("-")[0] === primary);
    if (near) {
      return near;
    }
  }
  return "en";
}

const wishedLanguage = () => preferences.current().language ?? matchLanguage(navigator.languages);

/** Loads the catalogue of the wished language; later choices load theirs when they are made. */
export async function startI18n(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(catalogueBackend)
    .use(initReactI18next)
    .init({
      lng: wishedLanguage(),
      // Every catalogue is complete, which the build checks, so there is nothing to fall back to.
      fallbackLng: false,
      load: "currentOnly",
      ns: "app",
      defaultNS: "app",
      fallbackNS: "console",
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  usePreferences.subscribe(() => {
    if (wishedLanguage() !== i18next.language) {
      void i18next.changeLanguage(wishedLanguage());
    }
  });
}

/** Loads the texts of the console; from then on a change of the language brings them along. Rejects when they cannot be had. */
export function loadConsoleTexts(): Promise<void> {
  return new Promise((resolve, reject) => {
    void i18next.loadNamespaces("console", (error: unknown) => (error ? reject(new Error("the texts of the console could not be loaded", { cause: error })) : resolve()));
  });
}
