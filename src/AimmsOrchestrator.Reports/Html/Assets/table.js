"use strict";

/** A table of tens of thousands of rows: it sorts and filters all of them, and renders only the visible ones. */
class RunTable {
  static rowHeight = 30;
  static headHeight = 80;
  static spare = 12;
  static mostPrinted = 200;

  constructor(place, data, onCount) {
    this.place = place;
    this.columns = data.columns;
    this.cells = data.cells;
    this.length = data.cells.length > 0 ? data.cells[0].length : 0;
    this.onCount = onCount;
    this.sorted = { column: -1, down: false };
    this.filters = this.columns.map(() => null);
    this.search = "";
    this.marked = null;
    // No higher than its rows, also when a filter leaves fewer.
    place.style.height = `min(70vh, 620px, ${RunTable.headHeight + this.length * RunTable.rowHeight}px)`;
    this.build();
    this.update();
    place.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(place);
  }

  build() {
    const table = format.element("table", "");
    const widths = this.columns.map((column, c) =>
      this.width(column, this.cells[c]),
    );
    const group = format.element("colgroup", "");
    for (const width of widths) {
      const col = format.element("col", "");
      col.style.width = `${width}ch`;
      group.append(col);
    }
    table.style.width = `max(100%, ${widths.reduce((a, b) => a + b, 0)}ch)`;
    const heads = format.element("tr", "");
    const filters = format.element("tr", "filters");
    this.headers = this.columns.map((column, c) => {
      const button = format.element("button", "", column.name);
      button.type = "button";
      button.title = column.name;
      button.addEventListener("click", () => this.sort(c));
      const head = format.element(
        "th",
        column.isNumeric ? "number" : "",
        button,
      );
      head.scope = "col";
      heads.append(head);
      const input = format.element("input", "");
      input.setAttribute("aria-label", `Filter ${column.name}`);
      input.addEventListener("input", () => {
        this.filters[c] = RunTable.condition(input.value);
        this.update();
      });
      filters.append(format.element("td", "", input));
      return head;
    });
    this.body = format.element("tbody", "");
    table.append(group, format.element("thead", "", heads, filters), this.body);
    this.table = table;
    this.place.append(table);
  }

  width(column, cells) {
    let most = column.name.length + 3;
    for (let i = 0; i < Math.min(cells.length, 300); i++)
      most = Math.max(most, format.number(cells[i]).length + 4);
    // A name repeats the parameters, which have columns of their own: on a phone it leaves them room.
    const widest = matchMedia("(max-width: 600px)").matches ? 18 : 34;
    return Math.min(Math.max(most, 7), column.isNumeric ? 16 : widest);
  }

  /** A filter's condition on a cell; null for none. */
  static condition(text) {
    const wanted = text.trim();
    if (wanted === "") return null;
    // An unfinished condition filters nothing.
    if (/^(<=|>=|<|>|=|!=)\s*-?$/.test(wanted) || /\.\.-?$/.test(wanted))
      return null;
    const range =
      /^(-?[\d.]+(?:e[+-]?\d+)?)\s*\.\.\s*(-?[\d.]+(?:e[+-]?\d+)?)$/i.exec(
        wanted,
      );
    const [from, to] = range
      ? [Number(range[1]), Number(range[2])]
      : [NaN, NaN];
    if (Number.isFinite(from) && Number.isFinite(to))
      return (cell) => typeof cell === "number" && cell >= from && cell <= to;
    const bound = /^(<=|>=|<|>|=|!=)\s*(.+)$/.exec(wanted);
    if (bound) return RunTable.bound(bound[1], bound[2].trim());
    const part = wanted.toLowerCase();
    return (cell) => RunTable.words(cell).includes(part);
  }

  /** The text of a cell that a filter searches: a number as it is and as it is shown. */
  static words(cell) {
    if (cell === null) return "";
    return typeof cell === "number"
      ? `${cell} ${format.number(cell)}`
      : String(cell).toLowerCase();
  }

  /** A comparison with a number, or with a whole text. */
  static bound(operator, written) {
    const number = Number(written);
    if (operator === "=" || operator === "!=") {
      const text = written.toLowerCase();
      const isSame = (cell) =>
        typeof cell === "number"
          ? cell === number || format.number(cell) === written
          : String(cell ?? "").toLowerCase() === text;
      return operator === "=" ? isSame : (cell) => !isSame(cell);
    }
    const holds = {
      "<": (a) => a < number,
      "<=": (a) => a <= number,
      ">": (a) => a > number,
      ">=": (a) => a >= number,
    }[operator];
    return (cell) => typeof cell === "number" && holds(cell);
  }

  /** Leaves only the runs of a set; null for all. */
  restrict(runs) {
    this.marked = runs;
    this.update();
  }

  find(text) {
    this.search = text.trim().toLowerCase();
    this.update();
  }

  sort(column) {
    this.sorted = {
      column,
      down: this.sorted.column === column && !this.sorted.down,
    };
    this.headers.forEach((head, c) => {
      if (c === column)
        head.setAttribute(
          "aria-sort",
          this.sorted.down ? "descending" : "ascending",
        );
      else head.removeAttribute("aria-sort");
      head.firstChild.textContent =
        this.columns[c].name +
        (c === column ? (this.sorted.down ? " ▼" : " ▲") : "");
    });
    this.update();
  }

  /** Empty cells come last in both directions; numbers before texts. */
  static compare(a, b, down) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    const order = typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;
    return down ? -order : order;
  }

  update() {
    const conditions = this.filters
      .map((holds, c) => [holds, this.cells[c]])
      .filter(([holds]) => holds);
    const rows = [];
    for (let row = 0; row < this.length; row++) {
      if (this.marked && !this.marked.has(this.cells[0][row])) continue;
      if (!conditions.every(([holds, cells]) => holds(cells[row]))) continue;
      if (
        this.search &&
        !this.cells.some((cells) =>
          RunTable.words(cells[row]).includes(this.search),
        )
      )
        continue;
      rows.push(row);
    }
    if (this.sorted.column >= 0) {
      const cells = this.cells[this.sorted.column];
      rows.sort(
        (a, b) =>
          RunTable.compare(cells[a], cells[b], this.sorted.down) || a - b,
      );
    }
    this.rows = rows;
    this.table.setAttribute("aria-rowcount", rows.length + 2);
    this.onCount(rows.length, rows.length);
    this.place.scrollTop = 0;
    this.draw();
  }

  draw() {
    const first = Math.max(
      0,
      Math.floor(this.place.scrollTop / RunTable.rowHeight) - RunTable.spare,
    );
    const seen =
      Math.ceil(this.place.clientHeight / RunTable.rowHeight) +
      2 * RunTable.spare;
    this.show(first, Math.min(this.rows.length, first + seen));
  }

  /** For paper: the first rows, without any scrolling. */
  print() {
    const printed = Math.min(this.rows.length, RunTable.mostPrinted);
    this.onCount(this.rows.length, printed);
    this.show(0, printed, true);
  }

  show(first, last, isAll = false) {
    const parts = [];
    if (first > 0) parts.push(this.gap(first));
    for (let i = first; i < last; i++) parts.push(this.row(this.rows[i], i));
    if (last < this.rows.length && !isAll)
      parts.push(this.gap(this.rows.length - last));
    this.body.replaceChildren(...parts);
  }

  gap(rows) {
    const cell = format.element("td", "");
    cell.colSpan = this.columns.length;
    cell.style.height = `${rows * RunTable.rowHeight}px`;
    const gap = format.element("tr", "gap", cell);
    gap.setAttribute("aria-hidden", "true");
    return gap;
  }

  row(row, place) {
    const element = format.element(
      "tr",
      "",
      ...this.columns.map((column, c) => this.cell(column, this.cells[c][row])),
    );
    element.setAttribute("aria-rowindex", place + 3);
    return element;
  }

  cell(column, value) {
    const text =
      typeof value === "number"
        ? format.number(value)
        : column.role === "Name"
          ? format.short(value ?? "")
          : String(value ?? "");
    const state = column.role === "State" && /^failed/.test(value) ? "failed" : "";
    const cell = format.element(
      "td",
      column.isNumeric ? "number" : state,
      text,
    );
    if (text.length > 14 || text !== String(value ?? "")) cell.title = value;
    return cell;
  }
}
