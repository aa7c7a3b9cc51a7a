// axe-core: the theme puts each copy button into a landmark of its own, without a name. It is no landmark.
document$.subscribe(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none");
  document.querySelector(".md-dialog")?.setAttribute("role", "status"); // says that something was copied
});

// What is copied must be seen: the text of a closed control is empty to the theme's copy button.
document.addEventListener(
  "click",
  (event) => {
    const target = event.target.closest?.("[data-clipboard-target]")?.dataset.clipboardTarget;
    const control = target && document.querySelector(target).closest("details");
    if (control) control.open = true;
  },
  true,
);

// A widget is loaded by the pages that have it, also when the theme brings them without loading a page.
const widgets = new URL("widgets/", document.currentScript.src);
document$.subscribe(() => {
  for (const root of document.querySelectorAll("[data-widget]"))
    import(new URL(`${root.dataset.widget}/main.js`, widgets))
      .then(({ start }) => start(root, widgets))
      .catch((error) => {
        root.dataset.failed = ""; // the figure stands there as it did
        console.error(error);
      });
});
