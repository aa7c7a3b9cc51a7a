// axe-core: the theme puts each copy button into a landmark of its own, without a name. It is no landmark.
document$.subscribe(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none");
  document.querySelector(".md-dialog")?.setAttribute("role", "status"); // says that something was copied
});

// A citation's other forms are files: a click copies one, as the theme's button copies the Markdown.
document.addEventListener("click", async (event) => {
  const link = event.target.closest(".cite a");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const text = fetch(link.href).then((response) => (response.ok ? response.blob() : Promise.reject(response.status)));
    // A promise, and not the text: Safari wants the write to begin with the click.
    const plain = text.then((blob) => blob.slice(0, blob.size, "text/plain"));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
    alert$.next(`Copied as ${link.textContent}`);
  } catch {
    location.assign(link.href);
  }
});
