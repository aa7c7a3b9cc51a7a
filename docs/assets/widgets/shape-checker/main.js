// Whether an LSTM takes the reader's array: the form, and the answer below it.
import { AXES, ROLES, LABELS, asked, guess, guessed, inWords, joined, mend, read, settled, swapped, written } from "./shape.js";
import { answer, rows } from "./words.js";

const EXAMPLES = [
  ["1000", ["timesteps"]],
  ["1000, 50", ["samples", "timesteps"]],
  ["300, 3, 50", ["samples", "features", "timesteps"]],
  ["32, 10, 28, 28", ROLES],
];
const VERDICTS = { refuses: "Refuses", right: "Reads it right", wrong: "Reads it wrongly, without an error" };

function make(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = `shape-checker__${name}`;
  made.append(...inside);
  return made;
}

function toAddress(sizes, roles) {
  const address = new URL(location);
  address.searchParams.set("shape", sizes.join("x"));
  if (roles) address.searchParams.set("axes", roles.join("-"));
  else address.searchParams.delete("axes"); // a guess is nobody's word
  history.replaceState(history.state, "", address);
}

/** A paragraph; what stands between ` is code. */
function paragraph(name, text) {
  const parts = text.split("`").map((part, at) => (at % 2 ? make("code", "", part) : part));
  return make("p", name, ...parts);
}

function mended(sizes, roles, sure) {
  const { line, shape, moves } = mend(sizes, roles);
  const [samples, timesteps, features] = shape;
  const told = make("div");
  if (line !== "x") {
    told.append(paragraph("heading", sure ? "Write" : `${guessed(sizes, roles)}, write`), make("pre", "", make("code", "", `x = ${line}`)));
    const both = joined(sizes, roles);
    const several = both ? `, ${both} joined into one axis, as the height and width of an image` : "";
    told.append(paragraph("", `Its shape is then ${written(shape)}: ${inWords(shape, AXES)}${several}.`));
  }
  const out = `${written([samples, 64])}, with \`return_sequences=True\` ${written([samples, timesteps, 64])}`;
  told.append(paragraph("", `With 64 units, as an example, \`LSTM(64)\` gives ${out}. In PyTorch the layer is \`torch.nn.LSTM(${features}, 64, batch_first=True)\`.`));
  if (moves) told.append(paragraph("", `\`x.reshape(${shape.join(", ")})\` has the same shape, with the numbers in the wrong places.`));
  if (timesteps === 1) told.append(paragraph("", "With 1 timestep the layer starts from h = c = 0 and has nothing to remember."));
  return told;
}

function says(facts, sizes, roles) {
  const list = make("ul", "rows");
  for (const { call, when, verdict, reads, says } of rows(facts, sizes, roles)) {
    const head = make("p", "", make("code", "", call), when ? ` ${when}: ` : " ", make("strong", "", VERDICTS[verdict]));
    const item = make("li", verdict, head);
    if (reads) item.append(make("p", "", reads));
    for (const { on, words } of says) item.append(make("p", "", on && `on ${on}: `, make("span", "words", words)));
    list.append(item);
  }
  return list;
}

function form() {
  const input = make("input", "shape");
  Object.assign(input, { id: "shape-checker-shape", type: "text", maxLength: 80, autocomplete: "off", spellcheck: false });
  input.setAttribute("aria-describedby", "shape-checker-problem");
  const label = make("label", "label", "Shape of your array, ", make("code", "", "x.shape"));
  label.htmlFor = input.id;
  const problem = make("p", "problem");
  problem.id = "shape-checker-problem";
  const confirm = make("button", "", "Confirm");
  confirm.type = "button";
  const doubt = make("div", "doubt", "This is a guess from the number of axes.", confirm);
  const status = make("p", "status");
  status.setAttribute("role", "status");
  return { label, input, examples: make("div", "examples", "Or try"), axes: make("div", "axes"), doubt, confirm, problem, result: make("div"), status };
}

export async function start(root, widgets) {
  if (root.dataset.started !== undefined) return;
  root.dataset.started = "";
  const page = location.pathname;
  const facts = await fetch(new URL("../../evidence/shape-checker.json", widgets))
    .then((answered) => answered.json())
    .then((record) => record.facts)
    .catch(() => null);
  if (!root.isConnected) return;

  const first = asked(location.search);
  const { label, input, examples, axes, doubt, confirm, problem, result, status } = form();
  const roles = {}; // by the number of axes
  const byHand = new Set(); // the numbers of axes for which the reader said what they count
  let given = false; // what they count came with the shape, from an example or the address
  let waiting = [];

  function choices(sizes) {
    const chosen = (roles[sizes.length] ??= guess(sizes));
    const fields = sizes.map((size, axis) => {
      const select = make("select");
      for (const role of ROLES) select.add(new Option(LABELS[role], role, false, role === chosen[axis]));
      select.addEventListener("change", () => {
        roles[sizes.length] = swapped(roles[sizes.length], axis, select.value);
        byHand.add(sizes.length);
        changed();
      });
      return make("label", "axis", make("span", ""), select);
    });
    axes.replaceChildren(...fields);
  }

  function show() {
    const { sizes, problem: odd = "" } = read(input.value);
    problem.textContent = odd;
    input.setAttribute("aria-invalid", odd !== "");
    const sure = !odd && (given || byHand.has(sizes.length));
    axes.hidden = result.hidden = odd !== "";
    doubt.hidden = odd !== "" || sure;
    if (odd) return { told: odd };
    if (sizes.length !== axes.children.length) choices(sizes);
    const chosen = roles[sizes.length];
    sizes.forEach((size, axis) => {
      const [words, select] = axes.children[axis].children;
      words.textContent = `${size} counts`;
      select.value = chosen[axis];
    });
    const counted = settled(chosen);
    const told = answer(sizes, counted, sure);
    const words = facts ? says(facts, sizes, counted) : make("p", "problem", "What they say could not be loaded.");
    const heading = `What Keras and PyTorch do with x as it is${sure ? "" : ", if the guess is right"}`;
    result.replaceChildren(make("p", "answer", told), mended(sizes, counted, sure), paragraph("heading", heading), words);
    const { line } = mend(sizes, counted);
    return { told: line === "x" ? told : `${told} Write x = ${line}`, sizes, chosen: sure && chosen };
  }

  function changed() {
    const { told, sizes, chosen } = show();
    waiting.forEach(clearTimeout);
    const later = (after, act) => setTimeout(() => root.isConnected && location.pathname === page && act(), after);
    waiting = [later(600, () => (status.textContent = told))];
    if (sizes) waiting.push(later(250, () => toAddress(sizes, chosen)));
  }

  function take(text, chosen) {
    if (input.value !== text) input.value = text;
    const { sizes } = read(text);
    roles[sizes.length] = [...(chosen ?? guess(sizes))];
    given = Boolean(chosen);
    choices(sizes);
  }

  for (const [shape, chosen] of EXAMPLES) {
    const button = make("button", "", shape);
    button.type = "button";
    button.addEventListener("click", () => {
      take(shape, chosen);
      changed();
    });
    examples.append(button);
  }
  input.addEventListener("input", () => {
    const { sizes } = read(input.value);
    if (sizes && !byHand.has(sizes.length)) take(input.value); // an example's axes are not those of another array
    changed();
  });
  confirm.addEventListener("click", () => {
    byHand.add(axes.children.length);
    changed();
    axes.querySelector("select").focus(); // the button goes
  });
  take(first.text, first.roles);
  show();
  const widget = make("div", "", label, input, examples, axes, doubt, problem, result, status);
  widget.className = "shape-checker";
  root.prepend(widget);
  root.dataset.ready = "";
}
