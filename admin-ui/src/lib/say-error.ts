import type { TFunction } from "i18next";
import { ApiError } from "./api";

/** An error in words for a person: what happened, and what the server said about it. */
export function sayError(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) {
    return t("errors.unknown");
  }
  if (error.kind === "network") {
    return t("errors.network");
  }
  if (error.kind === "session") {
    return t("errors.session");
  }
  if (error.kind === "shape") {
    return t("errors.shape");
  }
  const words = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  return error.requestId && error.kind === "failed" ? t("errors.withRequest", { words, request: error.requestId }) : words;
}
