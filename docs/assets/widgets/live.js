/** A copy of the figure below root for the widget to draw on; the still one stays for paper. `part` finds by gid. */
export function live(root) {
  const still = root.querySelector(".lstm-figure svg");
  const svg = still.cloneNode(true);
  const parts = new Map();
  for (const part of svg.querySelectorAll("[id]")) {
    parts.set(part.id.replace(`${root.dataset.figure}-`, ""), part);
    part.removeAttribute("id");
  }
  const title = parts.get("title").textContent;
  svg.removeAttribute("aria-labelledby");
  parts.get("title").remove();
  parts.get("desc").remove();
  still.classList.add("still");
  still.after(svg);
  return {
    svg,
    part: (gid) => parts.get(gid),
    text: (gid) => parts.get(gid).querySelector("text"),
    say: (words) => svg.setAttribute("aria-label", `${title} ${words}`),
  };
}

/** What says a sentence to a screen reader once it has stood for a while. */
export function announcer(root) {
  const status = document.createElement("p");
  status.className = `${root.dataset.widget}__status`;
  status.setAttribute("role", "status");
  root.append(status);
  let timer;
  return (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = words), 600);
  };
}
