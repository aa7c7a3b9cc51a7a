// The unit that all figures of a page show: the one pointed at, or else the one chosen, which is in the address.

const WAIT = 250; // ms without a change, before the address is written
let members = []; // of the page: { root, units, show, say }
let chosen = null;
let pointed = null;
let path = "";
let timer = 0;
let leave = () => {};

export const shown = () => pointed ?? chosen;
export const isChosen = (unit) => chosen === unit;

/** Let the figure of a mount follow; the first of a page reads the address. */
export function join(member) {
  if (!members.some(({ root }) => root.isConnected)) begin(member.units);
  members.push(member);
  member.show();
}

export function point(unit, where) {
  change(where, () => (pointed = unit));
}

/** A second press lets go. */
export function choose(unit, where) {
  if (chosen === unit) letGo(where);
  else change(where, () => (chosen = pointed = unit));
}

export function letGo(where) {
  change(where, () => (chosen = pointed = null));
}

function begin(units) {
  const again = path === location.pathname; // the theme may bring the same page anew, for a link within it
  leave();
  members = [];
  pointed = null;
  path = location.pathname;
  if (again) write();
  else chosen = asked(location.search, units);
  const end = new AbortController();
  document.addEventListener("keydown", ({ key }) => key === "Escape" && letGo(null), { signal: end.signal });
  const moves = location$.subscribe(({ pathname }) => (pathname === path ? write() : leave()));
  leave = () => {
    path = "";
    end.abort();
    moves.unsubscribe();
    clearTimeout(timer);
  };
}

export function asked(search, units) {
  const unit = new URLSearchParams(search).get("unit");
  return /^\d$/.test(unit) && Number(unit) < units ? Number(unit) : null;
}

/** Where it was asked for, the sentence is also said. */
function change(where, assign) {
  const before = [shown(), chosen];
  assign();
  if (shown() === before[0] && chosen === before[1]) return;
  members.forEach(({ show }) => show());
  members.find(({ root }) => root.contains(where ?? document.activeElement))?.say();
  if (chosen !== before[1]) write();
}

/** The theme changes the address before it changes the page: then it is no longer this page's. */
function write() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (location.pathname !== path || !members.some(({ root }) => root.isConnected)) return;
    const address = new URL(location);
    if (chosen === null) address.searchParams.delete("unit");
    else address.searchParams.set("unit", chosen);
    history.replaceState(history.state, "", address);
  }, WAIT);
}
