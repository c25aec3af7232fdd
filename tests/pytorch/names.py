#!/usr/bin/env python3
"""Tutorial 11 with PyTorch: what accuracy is to be expected of the same names, sizes and rates.

Usage: names.py [SPLITS]

Prints, for each of so many random splits (10), the accuracy after 15 epochs on the names that were trained with and on
the others.

write_losses, for generate.py, writes what test_names.c compares: initial weights, and the loss of each update.
"""
import os
import sys

import torch
from torch.nn.utils.rnn import pack_sequence

PLACE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tutorials", "11-names", "names.csv")
LETTERS = 26


def read():
    """The names, each steps x letters, one-hot, and the numbers of their countries, in the order of the file."""
    with open(PLACE, encoding="ascii") as file:
        rows = [line.strip().split(",") for line in file]
    countries = list(dict.fromkeys(country for _, country in rows))
    spelled = [torch.tensor([ord(letter) - ord("a") for letter in name]) for name, _ in rows]
    names = [torch.nn.functional.one_hot(letters, LETTERS).double() for letters in spelled]
    return names, torch.tensor([countries.index(country) for _, country in rows]), len(countries)


class Net(torch.nn.Module):
    def __init__(self, hidden, countries):
        super().__init__()
        self.lstm = torch.nn.LSTM(LETTERS, hidden)
        self.out = torch.nn.Linear(hidden, countries)

    def forward(self, names):
        """The logits by the last state of each, a row a name."""
        _, (h, _) = self.lstm(pack_sequence(names, enforce_sorted=False))
        return self.out(h[0])


def clip(parameters, bound):
    """clip_grad_norm_ adds 1e-6 to the norm."""
    norm = torch.sqrt(sum((p.grad**2).sum() for p in parameters))
    for p in parameters:
        p.grad *= min(1, bound / norm.item())


def update(net, optimizer, names, wanted):
    """One step by a batch; its loss before."""
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(net(names), wanted)
    loss.backward()
    clip([p for p in net.parameters() if p.requires_grad], 1)
    optimizer.step()
    return loss.item()


def accuracy(net, names, wanted):
    with torch.no_grad():
        return (net(names).argmax(1) == wanted).double().mean().item()


def train(seed, hidden=32, batch=34, epochs=15):
    torch.manual_seed(seed)
    names, wanted, countries = read()
    order = torch.randperm(len(names)).tolist()
    here, rest = order[: len(names) * 4 // 5], order[len(names) * 4 // 5 :]
    net = Net(hidden, countries)
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    for _ in range(epochs):
        mixed = [here[k] for k in torch.randperm(len(here))]
        for k in range(0, len(mixed), batch):
            part = mixed[k : k + batch]
            update(net, optimizer, [names[n] for n in part], wanted[part])
    return [accuracy(net, [names[n] for n in part], wanted[part]) for part in (here, rest)]


def write_losses(write_matrix, hidden=6, batch=8, passes=3):
    """Over every sixteenth name, in the order of the file. One of the LSTM's two biases is zero and stays so: trained, both
    would move, and their sum twice as fast as the one of gf_lstm."""
    names, wanted, countries = read()
    names, wanted = names[::16], wanted[::16]
    net = Net(hidden, countries)
    net.lstm.bias_hh_l0.requires_grad_(False).zero_()
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    parts = [slice(k, k + batch) for k in range(0, len(names), batch)] * passes
    with open(os.path.join("train", "names.txt"), "w", encoding="ascii") as file:
        for name, weights in net.named_parameters():
            write_matrix(file, name, weights)
        write_matrix(file, "losses", torch.tensor([update(net, optimizer, names[part], wanted[part]) for part in parts]))


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    for seed in range(1, int(sys.argv[1]) + 1 if len(sys.argv) > 1 else 11):
        print("split %2d: %5.1f %% right, %5.1f %% of the others" % (seed, *(100 * share for share in train(seed))))


if __name__ == "__main__":
    main()
