#!/usr/bin/env python3
"""PyTorch's LSTM layer with head and cross-entropy at every step, forward and backward, in double, on one core.

Usage: pytorch.py, told what to do by the benchmark, line by line, after it has said by an empty line that it is there: "size B T I H" makes the layer; "layer N" and "loop N" run
it N times, fused or step by step from primitive operations, and print the seconds that one took.
"""
import sys
import time

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


class Task:
    def __init__(self, rows, steps, inputs, hidden):
        self.layer, self.head = torch.nn.LSTM(inputs, hidden), torch.nn.Linear(hidden, inputs)
        self.x = torch.rand(steps, rows, inputs) * 2 - 1
        self.y = torch.randint(inputs, (steps * rows,))
        self.zeros = torch.zeros(rows, hidden)

    def fused(self):
        return self.layer(self.x)[0]

    def step_by_step(self):
        h = c = self.zeros
        weight, state, bias = self.layer.weight_ih_l0.t(), self.layer.weight_hh_l0.t(), self.layer.bias_ih_l0
        out = []
        for x in self.x:
            i, f, g, o = (x @ weight + h @ state + bias).chunk(4, 1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
            out.append(h)
        return torch.stack(out)

    def run(self, states):
        for parameter in (*self.layer.parameters(), *self.head.parameters()):
            parameter.grad = None
        logits = self.head(states()).flatten(0, 1)
        torch.nn.functional.cross_entropy(logits, self.y, reduction="sum").backward()


def main():
    task = None
    print(flush=True)
    for line in sys.stdin:
        word, *numbers = line.split()
        numbers = [int(number) for number in numbers]
        if word == "size":
            task = Task(*numbers)
            continue
        start = time.perf_counter()
        for _ in range(numbers[0]):
            task.run(task.fused if word == "layer" else task.step_by_step)
        print((time.perf_counter() - start) / numbers[0], flush=True)


if __name__ == "__main__":
    main()
