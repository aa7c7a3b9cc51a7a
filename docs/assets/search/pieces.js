// The pieces of a text that an encoder knows, the longest first; one that stands within a word begins with "##".
export function pieces(text, known) {
  const plain = text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  const found = [];
  for (const word of plain.match(/[a-z0-9]+|[^\sa-z0-9]/gu) ?? []) {
    for (let from = 0, to; from < word.length; from = Math.max(to, from + 1)) {
      const piece = () => (from ? "##" : "") + word.slice(from, to);
      for (to = word.length; to > from && !known.has(piece()); ) to--;
      if (to > from) found.push(piece());
    }
  }
  return found;
}
