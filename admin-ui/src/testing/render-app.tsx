import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { Providers } from "@/app/providers";
import { createQueries } from "@/app/queries";
import { createAppRouter } from "@/app/router";
import { keepSession } from "@/app/session-keeper";
import { startI18n } from "@/lib/i18n";
import { preferences, usePreferences } from "@/lib/preferences";
import { session } from "@/lib/session";

/** Once for all tests of a file, as in a browser: pages that were loaded do not ask for their texts again. */
let texts: Promise<void> | undefined;

interface Start {
  path: string;
  /** Null for a visitor who is not signed in. */
  user?: { name: string; admin: boolean } | null;
}

/** Starts the whole application at an address, in English, against whatever `fetch` is at the time. */
export async function renderApp({ path, user = { name: "root", admin: true } }: Start) {
  usePreferences.setState(usePreferences.getInitialState(), true);
  preferences.setLanguage("en");
  if (user) {
    session.open("token", user.name, user.admin);
  } else {
    session.close();
  }
  await (texts ??= startI18n());
  await i18next.changeLanguage("en");
  const queries = createQueries();
  queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retry: false } });
  const router = createAppRouter(queries, createMemoryHistory({ initialEntries: [path] }));
  keepSession(queries, router);
  render(
    <Providers queries={queries}>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { user: userEvent.setup(), router };
}
