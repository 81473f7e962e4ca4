import { useTranslation } from "react-i18next";
import { useMemo } from "react";

export interface Formats {
  integer(value: number): string;
  /** A figure with at most `digits` decimals, for speeds and prices. */
  decimal(value: number, digits?: number): string;
  /** A share of a hundred, 46%. */
  percent(value: number): string;
  /** Large counts made short, 12.3K. */
  compact(value: number): string;
  credits(value: number): string;
  /** Credits with all that counts of them, for computations that are to be followed. */
  exact(value: number): string;
  time(at: number): string;
  /** Time of day to the second. */
  clock(at: number): string;
  dateTime(at: number): string;
  date(at: number): string;
  month(at: number): string;
  /** A span in words that fit a label: 0.8 s, 42 s, 3 min. */
  span(milliseconds: number): string;
}

export function createFormats(language: string): Formats {
  const decimal = (digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  const unit = (name: "second" | "minute" | "hour", digits: number) =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits });
  const integer = decimal(0);
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  const credits = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const smallCredits = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  const exact = new Intl.NumberFormat(language, { minimumFractionDigits: 6, maximumFractionDigits: 9 });
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric" });
  return {
    integer: (value) => integer.format(value),
    decimal: (value, digits = 1) => decimal(digits).format(value),
    percent: (value) => percent.format(value / 100),
    compact: (value) => (Math.abs(value) < 10_000 ? integer.format(value) : compact.format(value)),
    credits: (value) => (value !== 0 && Math.abs(value) < 0.01 ? smallCredits : credits).format(value),
    exact: (value) => exact.format(value),
    time: (at) => time.format(at),
    clock: (at) => clock.format(at),
    dateTime: (at) => dateTime.format(at),
    date: (at) => date.format(at),
    month: (at) => month.format(at),
    span: (milliseconds) => {
      const seconds = milliseconds / 1000;
      if (seconds < 90) {
        return unit("second", seconds < 10 ? 1 : 0).format(seconds);
      }
      return seconds < 5400 ? unit("minute", 0).format(seconds / 60) : unit("hour", 1).format(seconds / 3600);
    },
  };
}

/** The formats of the language on screen. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => createFormats(i18n.language), [i18n.language]);
}
