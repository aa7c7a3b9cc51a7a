export function start(root) {
  root.dataset.ready = "";
}
