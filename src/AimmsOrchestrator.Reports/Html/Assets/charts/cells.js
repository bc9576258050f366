"use strict";

/** What the maps share: cells that are marked, and a map whose colours are words. */
const cells = {
  why: (chart, x, y) =>
    chart.missing.find((m) => m.x === x && m.y === y)?.why ?? "",

  note: (chart) =>
    chart.missing.length > 0
      ? `Hatched: ${[...new Set(chart.missing.map((m) => m.why))].join(", ")}.`
      : null,

  /** Marks the runs of a cell. */
  choose(chart, picture, [x, y]) {
    if (x === undefined) return;
    const at = (axis, i) => `${axis.name} ${format.short(axis.categories[i])}`;
    selection.choose(
      selection.where(
        selection.inCategory(chart.x, x),
        selection.inCategory(chart.y, y),
      ),
      `${at(chart.x, x)}, ${at(chart.y, y)}`,
      picture,
    );
  },

  /** A cell's rectangle on the canvas. */
  box(api) {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    const [w, h] = api.size([1, 1]).map((side) => Math.max(2, side - 1));
    return { x, y, w, h, left: x - w / 2, top: y - h / 2 };
  },

  /** A word in the middle of a cell; nothing where it has no room. */
  word: (text, { x, y, w }, halo) =>
    text.length * 7 < w
      ? [
          {
            type: "text",
            silent: true,
            style: {
              text,
              x,
              y,
              align: "center",
              verticalAlign: "middle",
              fill: style.css("--ink"),
              stroke: halo,
              lineWidth: 3,
              fontSize: 11,
            },
          },
        ]
      : [],

  /** Cells whose runs have no value: hatched, with a word where there is room. */
  hatched: (chart) =>
    chart.missing.length === 0
      ? []
      : [
          {
            type: "custom",
            progressive: 0,
            data: chart.missing.map((m) => [m.x, m.y, m.why]),
            encode: { x: 0, y: 1 },
            renderItem: (hit, api) => {
              const box = cells.box(api);
              const { left, top, w, h } = box;
              const lines = [];
              for (let at = 6; at < w + h; at += 9)
                lines.push({
                  type: "line",
                  silent: true,
                  shape: {
                    x1: left + Math.min(at, w),
                    y1: top + Math.max(0, at - w),
                    x2: left + Math.max(0, at - h),
                    y2: top + Math.min(at, h),
                  },
                  style: { stroke: style.css("--waiting"), opacity: 0.55 },
                });
              const word = format.short(chart.missing[hit.dataIndex].why);
              return {
                type: "group",
                children: [
                  {
                    type: "rect",
                    shape: { x: left, y: top, width: w, height: h },
                    style: { fill: style.css("--tint") },
                  },
                  ...lines,
                  ...cells.word(word, box, style.css("--tint")),
                ],
              };
            },
          },
        ],

  /** A frame round the cell that has the base run. */
  framed: (chart) =>
    chart.baseCell
      ? [
          {
            type: "custom",
            progressive: 0,
            silent: true,
            z: 5,
            data: [[chart.baseCell.x, chart.baseCell.y]],
            encode: { x: 0, y: 1 },
            renderItem: (_, api) => {
              const { left, top, w, h } = cells.box(api);
              const frame = (inset, stroke, lineWidth) => ({
                type: "rect",
                shape: {
                  x: left + inset,
                  y: top + inset,
                  width: w - 2 * inset,
                  height: h - 2 * inset,
                },
                style: { fill: "none", stroke, lineWidth },
              });
              return {
                type: "group",
                children: [
                  frame(1, style.css("--page"), 5),
                  frame(1, style.css("--ink"), 2.5),
                ],
              };
            },
          },
        ]
      : [],
};

kinds.wordmap = {
  height: (chart, width) =>
    Math.max(300, Math.min(900, 110 + 22 * chart.y.categories.length)) +
    6 * style.leaning(chart.x, width),

  table: (chart) => ({
    head: [chart.y.name, ...chart.x.categories.map((c) => `${chart.x.name}=${c}`)],
    rows: chart.cells.map((row, y) => [
      chart.y.categories[y],
      ...row.map((word, x) => chart.words[word] ?? cells.why(chart, x, y)),
    ]),
  }),

  note: (chart) => cells.note(chart),

  hint: "A click on a cell marks its runs in the table and in the other charts; Esc marks none.",

  brush(chart, picture) {
    picture.on("click", ({ data }) =>
      cells.choose(chart, picture, data?.value ?? data ?? []),
    );
  },

  option(chart, { width }) {
    const palette = style.palette();
    const colour = (word) => palette[word % palette.length];
    const { legend, series } = style.keys(
      ...chart.words.map((word, i) => [word, colour(i)]),
    );
    const filled = chart.cells
      .flatMap((row, y) => row.map((word, x) => [x, y, word]))
      .filter((cell) => cell[2] !== null);
    return {
      ...style.base(),
      legend,
      grid: { ...style.base().grid, top: 62 },
      xAxis: style.xAxis(chart.x, width),
      yAxis: style.yAxis(chart.y, { splitLine: { show: false } }),
      series: [
        {
          type: "custom",
          progressive: 0,
          data: filled,
          encode: { x: 0, y: 1 },
          renderItem: (_, api) => {
            const { left, top, w, h } = cells.box(api);
            return {
              type: "rect",
              shape: { x: left, y: top, width: w, height: h },
              style: { fill: colour(api.value(2)) },
            };
          },
        },
        ...cells.hatched(chart),
        ...series,
      ],
      tooltip: {
        ...style.base().tooltip,
        formatter: (hit) =>
          format.tip(
            "",
            [chart.x.name, format.short(chart.x.categories[hit.data[0]])],
            [chart.y.name, format.short(chart.y.categories[hit.data[1]])],
            [chart.subject, chart.words[hit.data[2]] ?? hit.data[2]],
          ),
      },
    };
  },
};
