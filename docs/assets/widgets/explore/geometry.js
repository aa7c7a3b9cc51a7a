// Where things stand: on a wide screen as in diagrams/figures/every_number.py, on a narrow one higher and closer.

const WIDE = { left: 78, top: 32, width: 46, height: 40, gap: 31, row: 52, feature: 22, size: 12.5, narrow: false };

export function geometry({ units, timesteps, features }, room) {
  const columns = timesteps + 1;
  const wide = WIDE.left + columns * (WIDE.width + WIDE.gap) - WIDE.gap + 8;
  let measures = WIDE;
  if (room < 0.82 * wide) {
    const left = 28;
    const pitch = (room - left - 3) / columns;
    const gap = Math.max(9, Math.min(20, 0.24 * pitch));
    const width = Math.min(56, pitch - gap);
    const size = Math.min(12.5, (width - 3) / 3.1);
    measures = { left, top: 26, width, height: 52, gap: pitch - width, row: 60, feature: 28, size, narrow: true };
  }
  const { left, top, width, gap, row, feature, narrow } = measures;
  const bottom = top + units * row;
  return {
    ...measures,
    bottom,
    across: narrow ? room : wide,
    down: bottom + 20 + features * feature + 26,
    lefts: Array.from({ length: columns }, (_, t) => left + t * (width + gap)),
    tops: Array.from({ length: units }, (_, j) => top + j * row),
  };
}

/** The height at which h or c of unit j stands. */
export const lineOf = (g, name, j) => g.tops[j] + g.height * (name === "h" ? 0.3 : 0.725);
