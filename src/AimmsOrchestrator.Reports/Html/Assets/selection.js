"use strict";

/** The runs that a reader has marked in a chart; all of them at first. The table lists them, and the charts show them. */
const selection = {
  runs: null,
  listeners: [],

  /** Whether a run is among them; a point that stands for several runs always is. */
  has: (run) =>
    selection.runs === null ||
    run === null ||
    run === undefined ||
    selection.runs.has(run),

  /**
   * Marks runs, in place of those marked before.
   * @param runs their indexes
   * @param words what they have in common
   * @param source the chart they were marked in
   */
  choose(runs, words, source) {
    selection.runs = new Set(runs);
    selection.tell(words, source);
  },

  /** The way back: all runs again. */
  clear(source) {
    if (selection.runs === null) return;
    selection.runs = null;
    selection.tell("", source);
  },

  tell(words, source) {
    for (const listener of selection.listeners) listener(words, source);
  },

  column(name, role) {
    const at = report.runs.columns.findIndex(
      (c) => c.name === name && (!role || c.role === role),
    );
    return at < 0 ? null : report.runs.cells[at];
  },

  /** The runs of the table of which one column, or several, meet their conditions. */
  where(...conditions) {
    const columns = conditions.map(([name, role, holds]) => [
      selection.column(name, role),
      holds,
    ]);
    if (columns.some(([cells]) => !cells)) return [];
    return report.runs.cells[0].filter((_, row) =>
      columns.every(([cells, holds]) => holds(cells[row])),
    );
  },

  /** A condition on a parameter's value: that it is in a category of an axis. */
  inCategory(axis, index) {
    const category = axis.categories[index];
    const isOf = (at) => (value) => {
      if (value === null) return false;
      const range = axis.ranges?.[at];
      if (range) return value >= range[0] && value <= range[1];
      const name = axis.categories[at];
      if (typeof value === "number") return value === Number(name);
      return (
        value === name ||
        (name.endsWith("…") && value.startsWith(name.slice(0, -1)))
      );
    };
    const isRest = /^\(\d+ more\)$/.test(category);
    const others = axis.categories
      .map((_, at) => at)
      .filter((at) => at !== index)
      .map(isOf);
    return [
      axis.name,
      "Parameter",
      isRest
        ? (value) => value !== null && !others.some((holds) => holds(value))
        : isOf(index),
    ];
  },

  /** The words of the bar at the bottom, and the ways back: its button, and Escape. */
  start(table) {
    const bar = page.find("marked");
    selection.listeners.push((words) => {
      table.restrict(selection.runs);
      bar.hidden = selection.runs === null;
      if (selection.runs === null) return;
      const count = selection.runs.size.toLocaleString("en");
      page.find("marked-words").textContent =
        `${count} ${count === "1" ? "run is" : "runs are"} marked: ${words}`;
    });
    page.find("unmark").addEventListener("click", () => selection.clear());
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") selection.clear();
    });
  },
};
