"use strict";

/** A figure's picture and numbers, to copy or to save. */
const tools = (() => {
  const save = (name, content, type) => {
    const link = format.element("a", "");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  /** The texts and pictures of a figure, each with its place. */
  const layout = (figure, drawn) => {
    const around = figure.getBoundingClientRect();
    const bottom = Math.max(
      ...drawn.map(({ place }) => place.getBoundingClientRect().bottom),
    );
    const right = Math.max(
      around.right,
      ...drawn.map(({ place }) => place.getBoundingClientRect().right),
    );
    const at = (element) => {
      const box = element.getBoundingClientRect();
      return { x: box.left - around.left, y: box.top - around.top };
    };
    return {
      width: Math.ceil(right - around.left) + 16,
      height: Math.ceil(bottom - around.top) + 16,
      texts: [...figure.querySelectorAll("h3 .name, h4")].map((element) => ({
        ...at(element),
        text: element.textContent,
        size: element.tagName === "H4" ? 13 : 15,
      })),
      pictures: drawn.map((one) => ({ ...at(one.place), ...one })),
    };
  };

  const canvas = (figure, drawn) => {
    const { width, height, texts, pictures } = layout(figure, drawn);
    const whole = format.element("canvas", "");
    [whole.width, whole.height] = [width * 2, height * 2];
    const pen = whole.getContext("2d");
    pen.scale(2, 2);
    pen.fillStyle = style.css("--page");
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = style.css("--ink");
    for (const { x, y, text, size } of texts) {
      pen.font = `${size === 15 ? "600" : "400"} ${size}px sans-serif`;
      pen.fillText(text, x + 8, y + 8 + size);
    }
    for (const { x, y, picture } of pictures)
      pen.drawImage(
        picture.renderToCanvas({ pixelRatio: 2 }),
        x + 8,
        y + 8,
        picture.getWidth(),
        picture.getHeight(),
      );
    return whole;
  };

  const png = (figure, drawn) =>
    new Promise((resolve) =>
      canvas(figure, drawn).toBlob(resolve, "image/png"),
    );

  const escaped = (text) =>
    text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

  const svg = (figure, drawn) => {
    const { width, height, texts, pictures } = layout(figure, drawn);
    const parts = pictures.map(({ x, y, picture, option }) => {
      const size = { width: picture.getWidth(), height: picture.getHeight() };
      const vector = echarts.init(null, null, {
        renderer: "svg",
        ssr: true,
        ...size,
      });
      vector.setOption(option());
      const text = vector.renderToSVGString();
      vector.dispose();
      return text.replace("<svg ", `<svg x="${x + 8}" y="${y + 8}" `);
    });
    const words = texts.map(
      ({ x, y, text, size }) =>
        `<text x="${x + 8}" y="${y + 8 + size}" font-family="sans-serif" font-size="${size}" fill="${style.css("--ink")}">${escaped(text)}</text>`,
    );
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${style.css("--page")}"/>${words.join("")}${parts.join("")}</svg>`;
  };

  /** A field of a CSV file; a text that a spreadsheet would take for a formula begins with an apostrophe. */
  const field = (value) => {
    const text = String(value ?? "");
    const safe =
      /^[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text))
        ? `'${text}`
        : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  /** A chart's numbers with all their digits; of several small charts one after the other. */
  const csv = (chart) =>
    format.exactly(() => {
      const table = (one) => kinds[one.kind].table(one);
      const rows =
        chart.kind === "panels"
          ? chart.charts.flatMap((small, i) => {
              const { head, rows } = table(small);
              return [
                ...(i === 0 ? [["chart", ...head]] : []),
                ...rows.map((row) => [small.title, ...row]),
              ];
            })
          : [table(chart).head, ...table(chart).rows];
      return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
    });

  const button = (name, label, act) => {
    const element = format.element("button", "", name);
    element.type = "button";
    element.setAttribute("aria-label", label);
    element.addEventListener("click", () => act(element));
    return element;
  };

  const copy = async (element, figure, drawn) => {
    let said = "Copied";
    try {
      await navigator.clipboard.write([
        new ClipboardItem({ "image/png": png(figure, drawn()) }),
      ]);
    } catch {
      said = "Not allowed here";
    }
    element.textContent = said;
    setTimeout(() => (element.textContent = "Copy"), 2000);
  };

  return {
    csv,
    svg,

    /** The row of buttons below a chart. */
    row(figure, chart, drawn) {
      const { title, id } = chart;
      return format.element(
        "div",
        "actions",
        navigator.clipboard?.write && window.ClipboardItem
          ? button("Copy", `Copy the picture: ${title}`, (element) =>
              copy(element, figure, drawn),
            )
          : null,
        button("PNG", `Save as PNG: ${title}`, async () =>
          save(`${id}.png`, await png(figure, drawn()), "image/png"),
        ),
        button("SVG", `Save as SVG: ${title}`, () =>
          save(`${id}.svg`, svg(figure, drawn()), "image/svg+xml"),
        ),
        button("CSV", `Save the numbers as CSV: ${title}`, () =>
          save(`${id}.csv`, `\ufeff${csv(chart)}`, "text/csv"),
        ),
      );
    },
  };
})();
