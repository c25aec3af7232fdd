#!/usr/bin/env python3
"""The regression of article 004 in PyTorch, as tutorials/09-training has it in gradflow.

    ./regression.py [EPOCHS]

prints R^2 on the last 200 of 1,000 examples after EPOCHS epochs (100) for the seeds 0, 1 and 2, of the data as of the
initial values and the shuffling: with the loss that is meant, and with the article's, which takes B outputs against
B x 1 labels. It takes half a minute. `./regression.py data 0` prints the data of a seed, which are the numbers that
scikit-learn's make_regression(n_samples=1000, n_features=1, noise=10) draws after numpy.random.seed(0).

write_curve, for generate.py, writes what test_train.c compares: initial values, and the loss of each update of three
epochs in the order of the file, in double precision.
"""
import os
import sys

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "tutorials", "09-training", "data.csv")
EXAMPLES, TRAINED, BATCH, HIDDEN, RATE = 1000, 800, 64, 10, 0.01


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(1, HIDDEN, batch_first=True)
        self.linear = torch.nn.Linear(HIDDEN, 1)

    def forward(self, x):
        out, _ = self.lstm(x.reshape(-1, 1, 1))
        return self.linear(out[:, -1, :])


def mean_square(out, labels, mistaken):
    return ((out.view(-1) if mistaken else out) - labels).square().mean()


def train(net, x, y, epochs, mistaken, order):
    """The loss of each update; order() is the order of the examples of an epoch."""
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    losses = []
    for _ in range(epochs):
        places = order()
        for first in range(0, TRAINED, BATCH):
            batch = places[first : first + BATCH]
            loss = mean_square(net(x[batch]), y[batch], mistaken)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


def r2(net, x, y):
    with torch.no_grad():
        x, y = x[TRAINED:], y[TRAINED:]
        return 1 - ((y - net(x)).square().sum() / (y - y.mean()).square().sum()).item()


def data(seed):
    """What make_regression draws: x, the slope, the noise, a permutation."""
    import numpy

    numpy.random.seed(seed)
    x = numpy.random.standard_normal(size=(EXAMPLES, 1))
    y = x @ (100 * numpy.random.uniform(size=(1, 1)))
    y += numpy.random.normal(scale=10, size=y.shape)
    places = numpy.arange(EXAMPLES)
    numpy.random.shuffle(places)
    return numpy.float32(x[places]), numpy.float32(y[places])


def read_data():
    with open(DATA, encoding="ascii") as file:
        rows = [[float(number) for number in line.split(",")] for line in list(file)[1:]]
    return torch.tensor(rows)[:, :1], torch.tensor(rows)[:, 1:]


def write_curve(write_matrix):
    """PyTorch's second bias, which does what the first does, is held at 0."""
    x, y = read_data()
    with open(os.path.join("train", "regression.txt"), "w", encoding="ascii") as file:
        for name, mistaken in ("meant", False), ("mistaken", True):
            torch.manual_seed(0)
            net = Net()
            net.lstm.bias_hh_l0.requires_grad_(False).zero_()
            if not mistaken:
                for key, value in net.named_parameters():
                    write_matrix(file, key, value)
            losses = train(net, x, y, 3, mistaken, lambda: torch.arange(TRAINED))
            write_matrix(file, name, torch.tensor(losses))
            write_matrix(file, "r2", torch.tensor([r2(net, x, y)]))


def main():
    if sys.argv[1:2] == ["data"]:
        print("x,y", *(f"{a!s},{b!s}" for (a,), (b,) in zip(*data(int(sys.argv[2])))), sep="\n")
        return
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for seed in range(3):
        x, y = map(torch.from_numpy, data(seed))
        found = []
        for mistaken in False, True:
            torch.manual_seed(seed)
            net = Net()
            train(net, x, y, epochs, mistaken, lambda: torch.randperm(TRAINED))
            found.append(r2(net, x, y))
        print("seed %d: R2 = %.4f, as the article has it %.4f" % (seed, *found))


if __name__ == "__main__":
    main()
