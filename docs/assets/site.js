// axe-core: the theme puts each copy button into a landmark of its own, without a name. It is no landmark.
document$.subscribe(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none");
  document.querySelector(".md-dialog")?.setAttribute("role", "status"); // says that something was copied
});
