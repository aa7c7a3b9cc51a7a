// A page that moved leads on to the id that was asked for.
const to = new URL(document.querySelector("link[rel=canonical]").href);
to.hash ||= location.hash;
location.replace(to);
