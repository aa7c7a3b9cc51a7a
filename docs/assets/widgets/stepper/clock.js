// The t that all steppers of a page show, and what moves it on while it plays.

const SECOND = 1000;
const still = matchMedia("(prefers-reduced-motion: reduce)");
let members = []; // of the page: { root, show, say }
let t = 1;
let last = 1;
let timer = null; // while it plays

export const now = () => t;

/** The first stepper of a page sets where it begins. */
export function join(member, first, end) {
  if (!connected().length) {
    stop();
    [t, last] = [first, end];
  }
  members.push(member);
  member.show(t, false);
}

/** By hand, so it plays no longer. */
export function go(to, by) {
  stop();
  show(to);
  by.say();
}

export function toggle(by) {
  if (timer) return go(t, by);
  if (still.matches) return;
  wait(by);
  show(t === last ? 1 : t + 1);
}

function wait(by) {
  timer = setTimeout(() => {
    if (!connected().length) stop();
    else if (still.matches) go(t, by);
    else if (t + 1 >= last) go(last, by);
    else {
      wait(by);
      show(t + 1);
    }
  }, SECOND);
}

function stop() {
  clearTimeout(timer);
  timer = null;
}

function show(to) {
  t = Math.max(1, Math.min(last, to));
  for (const member of connected()) member.show(t, timer !== null);
}

function connected() {
  members = members.filter(({ root }) => root.isConnected);
  return members;
}
