"use strict";

/** Numbers and small pieces of the page; data becomes text, never markup. */
const format = {
  /** A number to six significant digits (whole from 100,000 on), without trailing zeros. */
  number(value) {
    if (value === null || value === undefined) return "";
    if (typeof value !== "number" || format.isExact) return String(value);
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
    const size = Math.abs(value);
    if (size >= 1e5 && size < 1e15) return String(Math.round(value));
    return size !== 0 && (size < 1e-4 || size >= 1e15)
      ? String(Number(value.toPrecision(6)))
          .replace("e", "·10^")
          .replace("^+", "^")
      : String(Number(value.toPrecision(6)));
  },

  /** The same with commas between thousands, where it is read and not filtered. */
  grouped(value) {
    const text = format.number(value);
    return format.isExact || typeof value !== "number" || Math.abs(value) < 1e4
      ? text
      : text.replace(/^-?\d+(?=\.|$)/, (whole) =>
          whole.replace(/\B(?=(\d{3})+$)/g, ","),
        );
  },

  /** A number stays with its unit at the end of a line. */
  kept: (text) => text.replaceAll(" %", "\u00a0%"),

  /** With four digits, for what is an estimate anyway. */
  rounded(value) {
    return format.grouped(Number(value.toPrecision(4)));
  },

  isExact: false,

  /** What a function returns while numbers keep all their digits. */
  exactly(write) {
    format.isExact = true;
    try {
      return write();
    } finally {
      format.isExact = false;
    }
  },

  /** A moment in the reader's zone, with the zone. */
  moment: (at) =>
    new Intl.DateTimeFormat("en-GB", {
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "short",
    }).format(new Date(at)),

  /** A question mark that opens to how something was computed, or how to use it. */
  question(about, ...texts) {
    const mark = format.element("summary", "", "?");
    mark.setAttribute("aria-label", `How to read: ${about}`);
    return format.element(
      "details",
      "question",
      mark,
      ...texts.map((text) => format.element("p", "note", format.kept(text))),
    );
  },

  /** A text with its long numbers shortened to six digits: random draws have seventeen. */
  short(text) {
    if (format.isExact) return text;
    return text.replace(/\d+\.\d{6,}/g, (digits) =>
      String(Number(Number(digits).toPrecision(6))),
    );
  },

  /** Seconds as 4.2 s, 3:20 min or 5:12 h. */
  seconds(value) {
    if (format.isExact) return String(value);
    const digits = value < 0.1 ? 3 : value < 1 ? 2 : value < 10 ? 1 : 0;
    if (value < 60) return `${Number(value.toFixed(digits))} s`;
    const whole = Math.round(value);
    const two = (n) => String(n).padStart(2, "0");
    return whole < 3600
      ? `${Math.floor(whole / 60)}:${two(whole % 60)} min`
      : `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)} h`;
  },

  /** An element with a class and text or children. */
  element(name, className, ...content) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(
      ...content.filter((part) => part !== null && part !== undefined),
    );
    return element;
  },

  /** A table's row of headers: names, and whether the columns are numeric. */
  headRow(columns) {
    return format.element(
      "tr",
      "",
      ...columns.map(([name, isNumeric]) => {
        const head = format.element("th", isNumeric ? "number" : "", name);
        head.scope = "col";
        return head;
      }),
    );
  },

  /** The contents of a tooltip: a bold line, then lines of name and value. */
  tip(title, ...lines) {
    const tip = format.element(
      "div",
      "tip",
      title ? format.element("b", "", title) : null,
    );
    for (const [name, value] of lines)
      tip.append(format.element("div", "", name ? `${name}: ${value}` : value));
    return tip;
  },
};
