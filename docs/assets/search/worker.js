// Stands behind the theme's search box and speaks its messages: 0 set up, 1 ready, 2 a question, 3 what answers it.
// The sections are fetched when the box is first used; site.js says so.
let loading;
const load = () => (loading ??= import("./ranking.js").then(({ open }) => open("sections.json")));

new BroadcastChannel("search").onmessage = load;

onmessage = async ({ data: { type, data } }) => {
  if (type === 0) postMessage({ type: 1 });
  if (type !== 2) return;
  const items = data.trim() ? (await load()).results(data) : [];
  postMessage({ type: 3, data: { items } });
};
