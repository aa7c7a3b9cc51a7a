/** Write a number as the figures do: fixed digits, a true minus sign, and no minus before zero. */
export function number(value, digits = 2) {
  const text = value.toFixed(digits);
  return text.replace("-", Number(text) === 0 ? "" : "−");
}

/** Write a text into the node that is there: a new one costs the page's styles a look at all of it. */
export function put(element, text) {
  if (element.textContent !== text) (element.firstChild ?? element.appendChild(new Text())).data = text;
}
