import { locale, t } from "./i18n.ts";

const DAY_MS = 86_400_000;

const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
const longDay = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const longDayOfYear = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const shortDayOfYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const numbers = new Intl.NumberFormat(locale);
const collator = new Intl.Collator(locale, { sensitivity: "base", numeric: true });
const joined = new Intl.ListFormat(locale, { type: "conjunction" });

const isSameDay = (one: Date, other: Date) => one.toDateString() === other.toDateString();

export const formatNumber = (value: number): string => numbers.format(value);
export const formatList = (items: string[]): string => joined.format(items);
export const formatTime = (at: string): string => clock.format(new Date(at));
export const formatMoment = (at: string): string => moment.format(new Date(at));
export const compareNames = (one: string, other: string): number => collator.compare(one, other);

/** A day for a heading between messages. */
export function formatDay(at: string): string {
  const date = new Date(at);
  const now = new Date();
  if (isSameDay(date, now)) return t.today;
  if (isSameDay(date, new Date(now.getTime() - DAY_MS))) return t.yesterday;
  return (date.getFullYear() === now.getFullYear() ? longDay : longDayOfYear).format(date);
}

/** A time for a list: the clock today, else the day. */
export function formatBriefly(at: string): string {
  const date = new Date(at);
  const now = new Date();
  if (isSameDay(date, now)) return clock.format(date);
  if (isSameDay(date, new Date(now.getTime() - DAY_MS))) return t.yesterday;
  return (date.getFullYear() === now.getFullYear() ? shortDay : shortDayOfYear).format(date);
}

const percent = new Intl.NumberFormat(locale, { style: "percent" });

/** A share from 0 to 1. */
export const formatPercent = (share: number): string => percent.format(share);

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"].map((unit) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }));

/** A size in bytes, rounded for people. */
export function formatBytes(size: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(size, 1)) / 10));
  return UNITS[power]!.format(size / 1024 ** power);
}
