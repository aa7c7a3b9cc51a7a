/** Write a number as the figures do: fixed digits, a true minus sign, and no minus before zero. */
export function number(value, digits = 2) {
  const text = value.toFixed(digits);
  return text.replace("-", Number(text) === 0 ? "" : "−");
}
