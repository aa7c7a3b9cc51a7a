// A long table gets a box that leaves the rows that have all its words; an order of the gates counts as one word too.
export function start(root) {
  const rows = [...root.querySelectorAll("tbody tr")];
  const words = rows.map((row) => {
    const orders = [...row.querySelectorAll(".gates")].map(({ textContent }) => textContent.replaceAll(" ", ""));
    return `${row.textContent} ${orders.join(" ")}`.toLowerCase();
  });
  const label = document.createElement("label");
  label.innerHTML = 'Filter the rows by words, for instance “columns igfo” or “projection” <input type="search"><output></output>';
  const [input, output] = label.children;
  const filter = () => {
    const wanted = input.value.toLowerCase().split(/\s+/);
    rows.forEach((row, at) => (row.hidden = !wanted.every((word) => words[at].includes(word))));
    output.textContent = `${rows.filter(({ hidden }) => !hidden).length} of ${rows.length} rows`;
  };
  input.addEventListener("input", filter);
  filter();
  root.prepend(label);
  root.dataset.ready = "";
}
