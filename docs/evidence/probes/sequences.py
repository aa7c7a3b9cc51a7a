"""Order of outputs, Bidirectional and masks, on the worked example of the figures."""

import keras
import numpy as np
from common import FLOAT32, attempt, difference, emit, on_backend

from lstm_ref.examples import FEATURES, TIMESTEPS, UNITS, worked_input, worked_layer

BACKENDS = ("tensorflow", "jax", "torch")

LSTM, Bidirectional, NUMPY = keras.layers.LSTM, keras.layers.Bidirectional, keras.ops.convert_to_numpy
X = worked_input().astype("float32")
FORWARD, BACKWARD = worked_layer().get_weights(), worked_layer(seed=2).get_weights()
HOLES, RIGHT = [False, True, True, False, True], [True, True, True, False, False]
MASK = np.array([HOLES, RIGHT])
VALID = int(np.sum(RIGHT))


def built(layer, weights):
    layer.build((None, None, FEATURES))
    layer.set_weights(weights)
    return layer


def run(layer, x=X, **arguments):
    result = layer(x, **arguments)
    return [NUMPY(array) for array in result] if isinstance(result, (list, tuple)) else NUMPY(result)


def lstm(x=X, weights=FORWARD, mask=None, initial_state=None, **arguments):
    return run(built(LSTM(UNITS, **arguments), weights), x, mask=mask, initial_state=initial_state)


def bidirectional(x=X, mask=None, merge_mode="concat", **arguments):
    layer = Bidirectional(LSTM(UNITS, **arguments), merge_mode=merge_mode)
    return run(built(layer, FORWARD + BACKWARD), x, mask=mask)


def figures(array):
    """Round to one place more than the tolerance, so that a last bit cannot carry a value across it."""
    return np.round(array.astype("float64"), 7).tolist()


def returns():
    y, h, c = lstm(return_state=True)
    sequence, h_again, c_again = lstm(return_sequences=True, return_state=True)
    return {
        "shape": list(lstm().shape),
        "shape-return_sequences": list(lstm(return_sequences=True).shape),
        "shapes-return_state": [list(array.shape) for array in (y, h, c)],
        "shapes-return_sequences-return_state": [list(array.shape) for array in (sequence, h_again, c_again)],
        "y-is-h": np.array_equal(y, h),
        "last-of-sequence-is-h": np.array_equal(sequence[:, -1], h_again),
        "difference-h-c": difference(h, c),
        "y": figures(sequence),
        "c-last": figures(c),
    }


def go_backwards():
    y = lstm(return_sequences=True, go_backwards=True)
    on_flipped = lstm(X[:, ::-1], return_sequences=True)
    return {
        "error-against-forward-on-flipped-input": difference(y, on_flipped),
        "difference-from-forward": difference(y, lstm(return_sequences=True)),
        "error-of-first-against-one-step-on-last-input": difference(y[:, 0], lstm(X[:, -1:])),
        "error-of-return_sequences-false-against-last": difference(lstm(go_backwards=True), y[:, -1]),
        "error-of-flip-against-reversed": difference(NUMPY(keras.ops.flip(y, axis=1)), y[:, ::-1]),
        "step-of-minus-1": attempt(lambda: list(keras.ops.convert_to_tensor(y)[:, ::-1].shape)),
        "y": figures(y),
    }


def both_ways():
    last, sequence = bidirectional(), bidirectional(return_sequences=True)
    forward = lstm(return_sequences=True)
    backward = lstm(weights=BACKWARD, return_sequences=True, go_backwards=True)
    merged = {mode: bidirectional(merge_mode=mode) for mode in ("sum", "mul", "ave")}
    separate = bidirectional(merge_mode=None)
    states = bidirectional(return_state=True)
    half_f, half_b = last[:, :UNITS], last[:, UNITS:]
    return {
        "shape": list(last.shape),
        "shape-return_sequences": list(sequence.shape),
        "shapes-return_state": [list(array.shape) for array in states],
        "shapes-merge_mode": {mode: list(y.shape) for mode, y in merged.items()},
        "shapes-merge_mode-none": [list(y.shape) for y in separate],
        "parameters": built(Bidirectional(LSTM(UNITS)), FORWARD + BACKWARD).count_params(),
        "sequence-error-against-forward-and-flipped-backward": difference(
            sequence, np.concatenate([forward, backward[:, ::-1]], axis=-1)
        ),
        "last-error-against-forward-last-and-backward-first": difference(
            last, np.concatenate([sequence[:, -1, :UNITS], sequence[:, 0, UNITS:]], axis=-1)
        ),
        "last-difference-from-sequence-last": difference(last, sequence[:, -1]),
        "last-difference-from-sequence-last-by-half": {
            "forward": difference(half_f, sequence[:, -1, :UNITS]),
            "backward": difference(half_b, sequence[:, -1, UNITS:]),
        },
        "backward-half-of-sequence-last-error-against-one-step-on-last-input": difference(
            sequence[:, -1, UNITS:], lstm(X[:, -1:], BACKWARD)
        ),
        "states-error-against-h-and-c-of-both": difference(
            np.stack(states[1:]),
            np.stack(lstm(return_state=True)[1:] + lstm(weights=BACKWARD, go_backwards=True, return_state=True)[1:]),
        ),
        "merge_mode-error": {
            "sum": difference(merged["sum"], half_f + half_b),
            "mul": difference(merged["mul"], half_f * half_b),
            "ave": difference(merged["ave"], (half_f + half_b) / 2),
            "none": difference(np.concatenate(separate, axis=-1), last),
        },
        "y": figures(sequence),
        "y-last": figures(last),
    }


def masks():
    y, h, c = lstm(mask=MASK, return_sequences=True, return_state=True)
    only_valid = X[:1, HOLES]
    _, h_valid, c_valid = lstm(only_valid, return_state=True)
    _, h_short, c_short = lstm(X[1:, :VALID], return_state=True)
    _, h_before, c_before = lstm(X[:1, :3], mask=MASK[:1, :3], return_state=True)
    _, h_hole, c_hole = lstm(X[:1, :4], mask=MASK[:1, :4], return_state=True)
    loud = np.where(MASK[..., None], X, np.float32(7))
    layer = LSTM(UNITS, return_sequences=True)
    zeroed = lstm(mask=MASK, return_sequences=True, return_state=True, zero_output_for_mask=True)
    zeroed_last = lstm(mask=MASK, zero_output_for_mask=True)
    handed_on = layer.compute_mask(X, keras.ops.convert_to_tensor(MASK))
    return {
        "mask": MASK.tolist(),
        "y": figures(y),
        "one-unit": figures(y[0, :, 0]),
        "zeros-before-first-valid-step": not y[0, 0].any(),
        "repeats-in-hole": np.array_equal(y[0, 3], y[0, 2]),
        "repeats-after-end": np.array_equal(y[1, 3], y[1, 2]) and np.array_equal(y[1, 4], y[1, 2]),
        "h-is-last-output": np.array_equal(h, y[:, -1]),
        "state-held-in-hole": np.array_equal(h_hole, h_before) and np.array_equal(c_hole, c_before),
        "holes-error-of-state-against-valid-steps-alone": max(difference(h[:1], h_valid), difference(c[:1], c_valid)),
        "right-error-of-state-against-short-run": max(difference(h[1:], h_short), difference(c[1:], c_short)),
        "difference-when-masked-inputs-change": difference(y, lstm(loud, mask=MASK, return_sequences=True)),
        "last-error-of-return_sequences-false": difference(lstm(mask=MASK), y[:, -1]),
        "zero_output_for_mask": {
            "zeros-at-masked-steps": not zeroed[0][~MASK].any(),
            "error-at-valid-steps": difference(zeroed[0][MASK], y[MASK]),
            "state-error": max(difference(zeroed[1], h), difference(zeroed[2], c)),
            "return_sequences-false-row-that-ends-masked-is-zero": not zeroed_last[1].any(),
        },
        "unroll-error": difference(lstm(mask=MASK, return_sequences=True, unroll=True), y),
        "compute_mask": {
            "return_sequences-true": np.array_equal(NUMPY(handed_on), MASK),
            "return_sequences-false": LSTM(UNITS).compute_mask(X, MASK),
            "return_state": LSTM(UNITS, return_state=True).compute_mask(X, MASK),
        },
    }


def masked_from_initial_state():
    """What comes out before the first step that counts, when the state to start from is not zero?"""
    start = [np.full((2, UNITS), value, "float32") for value in (0.25, -0.5)]
    h, c = start
    facts = {}
    for unroll in (False, True):
        arguments = {"initial_state": start, "unroll": unroll}
        y = lstm(mask=MASK, return_sequences=True, **arguments)
        last, *kept = lstm(mask=np.zeros_like(MASK), return_state=True, **arguments)
        facts[f"unroll-{str(unroll).lower()}"] = {
            "first-output-is-zero": not y[0, 0].any(),
            "first-output-is-initial-h": np.array_equal(y[0, 0], h[0]),
            "later-error-against-run-without-the-masked-step": difference(
                y[:1, 1:], lstm(X[:1, 1:], mask=MASK[:1, 1:], initial_state=[h[:1], c[:1]], return_sequences=True)
            ),
            "all-masked-output-is-zero": not last.any(),
            "all-masked-output-is-initial-h": np.array_equal(last, h),
            "all-masked-state-is-initial-state": np.array_equal(kept, start),
        }
    return facts


def zero_padding():
    padded = np.where(MASK[..., None], X, np.float32(0))
    without = lstm(padded, return_sequences=True)
    short = lstm(X[1:, :VALID])
    embedded = keras.layers.Masking()(padded)
    kernel, recurrent_kernel, bias = FORWARD
    candidate_bias = [kernel, recurrent_kernel, bias + np.repeat([0, 0, 0.5, 0], UNITS)]
    left = np.concatenate([np.zeros_like(X[:, :2]), X], axis=1)
    return {
        "left-difference-from-short-run": {
            "initial-bias": difference(lstm(left), lstm()),
            "candidate-bias-0.5": difference(lstm(left, candidate_bias), lstm(weights=candidate_bias)),
        },
        "y-without-mask": figures(without),
        "difference-from-masked": difference(without, lstm(mask=MASK, return_sequences=True)),
        "right-difference-from-short-run": difference(without[1:, -1], short),
        "right-difference-from-short-run-with-mask": difference(lstm(padded, mask=MASK)[1:], short),
        "masking-layer-error-against-mask": difference(
            run(built(LSTM(UNITS), FORWARD), embedded), lstm(padded, mask=MASK)
        ),
    }


def both_ways_masked():
    def return_state(**arguments):
        layer = Bidirectional(LSTM(UNITS, return_state=True, **arguments))
        return {"shapes": [list(array.shape) for array in layer(X, mask=MASK)]}

    sequence, last = bidirectional(mask=MASK, return_sequences=True), bidirectional(mask=MASK)
    short_sequence, short = bidirectional(X[1:, :VALID], return_sequences=True), bidirectional(X[1:, :VALID])
    padded = np.where(MASK[..., None], X, np.float32(0))
    return {
        "zeros-at-masked-steps": not sequence[~MASK].any(),
        "right-error-of-valid-steps-against-short-run": difference(sequence[1:, :VALID], short_sequence),
        "right-error-of-last-against-short-run": difference(last[1:], short),
        "right-difference-without-mask-by-half": {
            "forward": difference(bidirectional(padded)[1:, :UNITS], short[:, :UNITS]),
            "backward": difference(bidirectional(padded)[1:, UNITS:], short[:, UNITS:]),
        },
        "return_state": attempt(return_state),
        "return_state-stateful": attempt(lambda: return_state(stateful=True)),
        "y": figures(sequence),
        "y-last": figures(last),
    }


def pytorch():
    """`torch.nn.LSTM` itself, with the same weights: padded, packed, and in both directions."""
    import torch
    from torch.nn.utils import rnn

    def module(**arguments):
        lstm = torch.nn.LSTM(FEATURES, UNITS, batch_first=True, **arguments)
        with torch.no_grad():
            for suffix, (kernel, recurrent_kernel, bias) in {"": FORWARD, "_reverse": BACKWARD}.items():
                if suffix and not lstm.bidirectional:
                    continue
                getattr(lstm, f"weight_ih_l0{suffix}").copy_(torch.from_numpy(kernel.T))
                getattr(lstm, f"weight_hh_l0{suffix}").copy_(torch.from_numpy(recurrent_kernel.T))
                getattr(lstm, f"bias_ih_l0{suffix}").copy_(torch.from_numpy(bias))
                getattr(lstm, f"bias_hh_l0{suffix}").zero_()
        return lstm

    def packed_run(lstm):
        packed = rnn.pack_padded_sequence(x, lengths, batch_first=True)
        y, states = lstm(packed)
        padded, _ = rnn.pad_packed_sequence(y, batch_first=True, total_length=TIMESTEPS)
        return padded.numpy(), [state.numpy() for state in states]

    lengths = [TIMESTEPS, VALID]
    steps = np.arange(TIMESTEPS) < np.array(lengths)[:, None]
    x = torch.from_numpy(np.where(steps[..., None], X, np.float32(0)))
    with torch.no_grad():
        y, (h, c) = module()(x)
        y_packed, (h_packed, c_packed) = packed_run(module())
        both, (h_both, _) = module(bidirectional=True)(x)
        both_packed, (h_both_packed, _) = packed_run(module(bidirectional=True))
        _, (h_short, c_short) = module()(x[1:, :VALID])
    masked, h_masked, c_masked = lstm(mask=steps, return_sequences=True, return_state=True)
    masked_both = bidirectional(mask=steps, return_sequences=True)
    return {
        "lengths": lengths,
        "shapes": {"output": list(y.shape), "h_n": list(h.shape), "c_n": list(c.shape)},
        "shapes-bidirectional": {"output": list(both.shape), "h_n": list(h_both.shape)},
        "h_n-is-last-output": np.array_equal(h[0], y[:, -1]),
        "packed": {
            "zeros-at-padded-steps": not y_packed[~steps].any(),
            "h_n-error-against-short-run": max(
                difference(h_packed[0, 1], h_short[0, 0]), difference(c_packed[0, 1], c_short[0, 0])
            ),
            "h_n-error-against-keras-mask": max(difference(h_packed[0], h_masked), difference(c_packed[0], c_masked)),
            "output-error-against-keras-mask-at-valid-steps": difference(y_packed[steps], masked[steps]),
            "output-difference-from-keras-mask-at-padded-steps": difference(y_packed[~steps], masked[~steps]),
        },
        "unpacked": {
            "h_n-difference-from-short-run": difference(h[0, 1], h_short[0, 0]),
            "h_n-difference-from-packed": difference(h, h_packed),
        },
        "bidirectional": {
            "h_n-forward-is-forward-half-at-last": np.array_equal(h_both[0], both[:, -1, :UNITS]),
            "h_n-backward-is-backward-half-at-first": np.array_equal(h_both[1], both[:, 0, UNITS:]),
            "h_n-backward-difference-from-backward-half-at-last": difference(h_both[1], both[:, -1, UNITS:]),
            "packed-output-error-against-keras-mask": difference(both_packed, masked_both),
            "packed-h_n-error-against-keras-mask": difference(
                np.concatenate(list(h_both_packed), axis=-1), bidirectional(mask=steps)
            ),
        },
    }


if __name__ == "__main__":
    facts = {
        "ran": on_backend(keras),
        "tolerance": FLOAT32,
        "returns": returns(),
        "go-backwards": go_backwards(),
        "bidirectional": both_ways(),
        "masks": masks(),
        "masked-from-initial-state": masked_from_initial_state(),
        "zero-padding": zero_padding(),
        "bidirectional-masked": both_ways_masked(),
    }
    if keras.backend.backend() == "torch":
        facts["pytorch"] = pytorch()
    emit(facts)
