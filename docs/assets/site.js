// The theme copies what a button names: each listing has one over it, and what is cited below its line, once it is open.
const copyButton = (target, name, of) => {
  const button = document.createElement("button");
  button.className = name;
  button.dataset.clipboardTarget = target;
  return Object.assign(button, of);
};
document$.subscribe(() => {
  document.querySelectorAll("pre.highlight:not(.language-text, .language-pycon, .doc-signature)").forEach((listing, at) => {
    listing.id = `listing-${at}`;
    listing.prepend(copyButton(`#${listing.id} > code`, "md-code__button", { title: "Copy to clipboard" }));
  });
  document.querySelector(".md-dialog")?.setAttribute("role", "status"); // says that something was copied
});
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches("details.cite") || target.querySelector(".copy")) return;
    const [line, text] = target.children;
    const textContent = `Copy as ${line.textContent.startsWith("BibTeX") ? "BibTeX" : "Markdown"}`;
    line.after(copyButton(`#${text.id}`, "copy", { textContent }));
  },
  true,
);

// The mark beside a heading is for the mouse: the table of contents has the same links, with words.
document.addEventListener("mouseover", ({ target }) => {
  const heading = target.closest("article :is(h1, h2, h3, h4)[id]");
  if (!heading || heading.querySelector(".headerlink")) return;
  const link = document.createElement("a");
  const words = { title: "Link to this section", textContent: "¶", ariaHidden: "true", tabIndex: -1 };
  heading.append(Object.assign(link, { className: "headerlink", href: `#${heading.id}`, ...words }));
});

// The table of contents stands once: beside the text or, where there is no room, in the drawer.
const narrow = matchMedia("(max-width: 59.9844em)");
const placeContents = () => {
  const contents = document.querySelector(".md-nav--secondary");
  const place = document.querySelector(narrow.matches ? "li:has(> #__toc)" : ".md-sidebar--secondary .md-sidebar__inner");
  if (contents) place?.append(contents);
};
document$.subscribe(placeContents);
narrow.addEventListener("change", placeContents);

// The theme copies only what is seen.
document.addEventListener(
  "click",
  (event) => {
    const target = event.target.closest?.("[data-clipboard-target]")?.dataset.clipboardTarget;
    const control = target && document.querySelector(target).closest("details");
    if (control) control.open = true;
  },
  true,
);

// A widget is loaded when it is near the screen, or at a click if its mount has a link that opens it. The theme may bring the page.
const widgets = new URL("widgets/", document.currentScript.src);
const load = (root) =>
  import(new URL(`${root.dataset.widget}/main.js`, widgets))
    .then(({ start }) => start(root, widgets))
    .catch((error) => {
      root.dataset.failed = error; // the still figure stays
    });
const near = new IntersectionObserver(
  (seen) => {
    for (const { target } of seen.filter(({ isIntersecting }) => isIntersecting)) {
      near.unobserve(target);
      load(target);
    }
  },
  { rootMargin: "100%" },
);
document$.subscribe(() => {
  near.disconnect();
  for (const root of document.querySelectorAll("[data-widget]")) {
    const opener = root.querySelector(".open-widget a");
    if (!opener) near.observe(root);
    opener?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || root.dataset.failed) return;
      event.preventDefault();
      event.stopPropagation();
      load(root);
    });
  }
});

document.addEventListener("keydown", ({ key }) => key === "Escape" && document.querySelector("#__drawer:checked")?.click());

// A label that the keyboard reaches is a button; the theme hears Enter only.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target.tagName !== "LABEL") return;
  event.preventDefault(); // Space would scroll
  event.target.click();
});

// The search is made ready when its box is used, and reads also what is pasted or dropped: the theme hears keys only.
const search = new BroadcastChannel("search");
document.addEventListener("focusin", ({ target }) => target.name === "query" && search.postMessage(0));
document.addEventListener("input", ({ target }) => target.name === "query" && target.dispatchEvent(new Event("keyup")));

// What moved to another page left its id with the link that leads there.
document$.subscribe(() => {
  const moved = document.getElementById(location.hash.slice(1));
  if (moved?.matches("li > a")) location.replace(moved.href);
});
