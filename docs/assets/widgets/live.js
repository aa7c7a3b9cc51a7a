/** A copy of the figure below root for the widget to draw on; the still one stays for paper. `part` finds by gid. */
export function live(root) {
  const still = root.querySelector(".lstm-figure svg");
  const svg = still.cloneNode(true);
  for (const part of svg.querySelectorAll("[id]")) {
    part.dataset.gid = part.id.replace(`${root.dataset.figure}-`, "");
    part.removeAttribute("id");
  }
  const part = (gid) => svg.querySelector(`[data-gid="${gid}"]`);
  const title = part("title").textContent;
  part("title").remove();
  part("desc").remove();
  svg.removeAttribute("aria-labelledby");
  still.classList.add("still");
  still.after(svg);
  return {
    svg,
    part,
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
