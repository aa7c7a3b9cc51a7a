"""Take out of what was printed what a processor, a path or a run changes, and what a reader would not search for."""

import re
from typing import Any

RULES = {  # each for all that is recorded: what is found, and what stands there instead
    "colours of a terminal": (r"\x1b\[[\d;]*m", ""),
    "the kernel of oneDNN, where the processor has it": (r"\b__wrapped____Mkl(?=[A-Z])", "__wrapped__"),
    "addresses in memory": (r"\b0x[0-9a-f]{6,}\b", "0x..."),
    "the folder of a package": (r"(?:/[^\s/\"']+)+/site-packages/", ""),
    "folders of the machine": (r"(?<![\w.:/])/(?:home|opt|private|root|tmp|usr|Users|var|work)(?:/[^\s/\"':]+)*/", ""),
}
RULES_OF_ERRORS = {  # each for the message of an exception
    "colours of a terminal": RULES["colours of a terminal"],
    "the layer that was called": (r"\AException encountered when calling \S+\s+", ""),
    "arguments and hints": (r"(?s)\s+(?:Arguments received by |Hint: |See https?:).*", ""),
    "where to read on": (r"\s*\(https?://[^\s)]*\)", ""),
    "the place in a graph": (r"(?m)^\s*(?:Graph execution error|Detected at node |File \"|\[\[).*$", ""),
    "line breaks": (r"\s+", " "),
}


def replaced(text: str, rules: dict[str, tuple[str, str]]) -> str:
    for pattern, words in rules.values():
        text = re.sub(pattern, words, text)
    return text


def message(text: str) -> str:
    return replaced(replaced(text, RULES_OF_ERRORS).strip(), RULES)


def portable(facts: Any) -> Any:
    """Return facts as they are on any machine. Beside "raises", a "message" is that of an exception."""
    match facts:
        case dict():
            told = {"message": message(facts["message"])} if {"raises", "message"} <= facts.keys() else {}
            return {key: portable(value) for key, value in (facts | told).items()}
        case list():
            return [portable(value) for value in facts]
        case str():
            return replaced(facts, RULES)
    return facts
