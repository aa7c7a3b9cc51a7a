/** What the address says of a setting, as a tenth from least to most; where it says no number, `first`. */
export function given(search, key, first, { least, most }) {
  const text = new URLSearchParams(search).get(key)?.trim();
  const value = text ? Number(text) : NaN;
  return Number.isFinite(value) ? Math.round(Math.max(least, Math.min(most, value)) * 10) / 10 : first;
}

/** What writes the settings that are not the first ones into the address, once they have stood for a while. */
export function keeper(root, first) {
  const page = location.pathname;
  let timer;
  return (set) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!root.isConnected || location.pathname !== page) return;
      const address = new URL(location.href);
      for (const key of Object.keys(first)) {
        if (set[key] === first[key]) address.searchParams.delete(key);
        else address.searchParams.set(key, set[key]);
      }
      history.replaceState(history.state, "", address);
    }, 250);
  };
}
