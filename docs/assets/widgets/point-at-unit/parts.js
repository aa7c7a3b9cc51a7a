// Which parts of a figure belong to which unit, as their ids say: FIGURE-c-t0-u2 is of unit 2, and with 4 units
// FIGURE-kernel-r0-c6 too: columns 2, 6, 10 and 14 are its own.

const OUTLINE = 1; // between a cell and the line around it
const CELL = /^(\w+?)(?:-(weight|zero))?-r(\d+)-c(\d+)/;
const ONLY_COLUMNS = ["kernel", "bias"]; // their rows are features, not units

export class Parts {
  constructor(svg, figure) {
    this.svg = svg;
    this.figure = figure;
    this.all = [...svg.querySelectorAll("[id], text")].map((shape) => ({ shape, id: shape.id.slice(figure.length + 1) }));
    this.units = 1 + Math.max(...this.all.flatMap(({ id }) => [...id.matchAll(/-[ur](\d)/g)].map(([, j]) => Number(j))));
    this.all = this.all.map((part) => ({ ...part, ...this.about(part) })).filter(({ of }) => of.length);
    for (const { shape, cell, text, wire } of this.all) {
      shape.classList.toggle("point-at-unit-cell", Boolean(cell) && !text);
      shape.classList.toggle("point-at-unit-hot", !wire);
    }
    this.byShape = new Map(this.all.map((part) => [part.shape, part]));
    this.marks();
    this.over = svg.appendChild(drawn("g", "point-at-unit-over"));
  }

  /** Of which units a part is; the first is the one that is pointed at with it. */
  about({ shape, id }) {
    const text = shape.matches("text") && shape.textContent;
    const found = id.match(CELL);
    if (found) {
      const [, array, kind, row, column] = found;
      const cell = { array, zero: kind === "zero", row: Number(row), column: Number(column) };
      const own = cell.column % this.units;
      return { text, cell, of: ONLY_COLUMNS.includes(array) ? [own] : [own, cell.row] };
    }
    const head = id.match(/^column-(\d+)$/) ?? (!id && text.match(/^(?:unit )?(\d)$/));
    if (head) return { text, of: [head[1] % this.units] };
    return { text, wire: id.includes("wire"), of: [...id.matchAll(/-u(\d)/g)].map(([, j]) => Number(j)) };
  }

  /** What marks one unit in the still figure goes to the unit that is lit. */
  marks() {
    const shapes = [...this.svg.querySelectorAll('[id*="-outline-c"], [id$="-unit-size"], [id$="-unit-brace"]')];
    this.label = [...this.svg.querySelectorAll("text")].find((text) => /^unit \d:/.test(text.textContent));
    if (!this.label) return;
    this.marked = Number(this.label.textContent[5]);
    shapes.forEach((shape) => shape.classList.add("point-at-unit-mark"));
    this.label.classList.add("point-at-unit-still");
  }

  unitAt({ clientX, clientY }) {
    for (const element of document.elementsFromPoint(clientX, clientY)) {
      const part = this.byShape.get(element);
      if (part && !part.wire) return part.of[0];
    }
    return null;
  }

  cellsOf(unit) {
    return this.all.filter(({ cell, text, of }) => cell && !text && of.includes(unit));
  }

  light(unit) {
    const on = unit !== null;
    this.svg.classList.toggle("point-at-unit-on", on);
    for (const { shape, text, of } of this.all) {
      shape.classList.toggle("point-at-unit-lit", on && of.includes(unit));
      shape.classList.toggle("point-at-unit-rest", on && !of.includes(unit));
      shape.classList.toggle("point-at-unit-text", Boolean(text));
    }
    this.over.replaceChildren();
    if (!on) return;
    this.svg.style.setProperty("--point-at-unit", `var(--fig-unit-${unit})`);
    if (this.label) this.moveMarks(unit);
    for (const [name, shapes] of this.lines(unit)) this.outline(shapes, name);
  }

  moveMarks(unit) {
    const left = (j) => this.all.find(({ cell }) => cell.column === j).shape.getBBox().x;
    this.svg.style.setProperty("--point-at-unit-shift", `${left(unit) - left(this.marked)}px`);
    const label = this.label.cloneNode(true);
    label.setAttribute("class", "point-at-unit-mark");
    label.textContent = label.textContent.replace(this.marked, unit);
    this.over.append(label);
  }

  /** The cells of each row and column of the unit, by a name for each; the still figure may mark its columns itself. */
  lines(unit) {
    const lines = new Map();
    const put = (name, shape) => lines.set(name, [...(lines.get(name) ?? []), shape]);
    for (const { shape, cell } of this.cellsOf(unit)) {
      if (cell.row === unit && !ONLY_COLUMNS.includes(cell.array)) put(`row ${cell.array}`, shape);
      if (cell.column % this.units === unit && !this.label) put(`column ${cell.column} ${cell.array}`, shape);
    }
    return lines;
  }

  outline(shapes, name) {
    const boxes = shapes.map((shape) => shape.getBBox());
    const line = drawn("rect", `point-at-unit-line point-at-unit-line--${name.split(" ")[0]}`);
    const left = Math.min(...boxes.map(({ x }) => x)) - OUTLINE;
    const top = Math.min(...boxes.map(({ y }) => y)) - OUTLINE;
    line.setAttribute("x", left);
    line.setAttribute("y", top);
    line.setAttribute("width", Math.max(...boxes.map(({ x, width }) => x + width)) + OUTLINE - left);
    line.setAttribute("height", Math.max(...boxes.map(({ y, height }) => y + height)) + OUTLINE - top);
    this.over.append(line);
  }
}

function drawn(tag, name) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  element.setAttribute("class", name);
  return element;
}
