"""Training steps in PyTorch, timed: what `npm run bench` holds the compiled engine against.

Usage: steps.py mlp|cnn|u-net MEMBERS [channels_last]; prints microseconds per member and step.
MEMBERS 0: one model, a step at a time, as people write it; above 0: that many models as one batched computation.
"""
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(0)

kind, members = sys.argv[1], int(sys.argv[2])
STEPS = {"mlp": 200, "cnn": 20, "u-net": 10}[kind]


def focal(logits, target, gamma=2.0):
    ce = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    p = torch.sigmoid(logits)
    p_true = p * target + (1 - p) * (1 - target)
    return ((1 - p_true) ** gamma * ce).mean()


def timed(step, steps):
    for _ in range(5):
        step()
    begin = time.perf_counter()
    for _ in range(steps):
        step()
    return (time.perf_counter() - begin) / steps


if kind == "mlp" and members == 0:
    model = torch.nn.Sequential(
        torch.nn.Linear(20, 64), torch.nn.ReLU(), torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    data, label = torch.randn(8000, 20), (torch.rand(8000, 1) < 0.1).float()

    def step():
        index = torch.randint(0, 8000, (128,))
        optimizer.zero_grad(set_to_none=True)
        focal(model(data[index]), label[index]).backward()
        optimizer.step()

    seconds = timed(step, STEPS)
elif kind == "mlp":
    shapes = [(20, 64), (64, 64), (64, 1)]
    weights = [torch.nn.Parameter(torch.randn(members, a, b) * (2 / a) ** 0.5) for a, b in shapes]
    biases = [torch.nn.Parameter(torch.zeros(members, 1, b)) for _, b in shapes]
    optimizer = torch.optim.Adam(weights + biases, lr=1e-3)
    data, label = torch.randn(8000, 20), (torch.rand(8000, 1) < 0.1).float()

    def step():
        index = torch.randint(0, 8000, (members, 128))
        hidden = data[index]
        for layer in range(3):
            hidden = torch.baddbmm(biases[layer], hidden, weights[layer])
            if layer < 2:
                hidden = torch.relu(hidden)
        optimizer.zero_grad(set_to_none=True)
        (focal(hidden, label[index]) * members).backward()
        optimizer.step()

    seconds = timed(step, max(10, STEPS // members)) / members
elif kind == "cnn":
    layout = torch.channels_last if "channels_last" in sys.argv else torch.contiguous_format
    model = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1), torch.nn.MaxPool2d(2), torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 3, padding=1), torch.nn.MaxPool2d(2), torch.nn.ReLU(),
        torch.nn.Flatten(), torch.nn.Linear(7 * 7 * 32, 10),
    ).to(memory_format=layout)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    data, label = torch.randn(2000, 1, 28, 28), torch.randint(0, 10, (2000,))

    def step():
        index = torch.randint(0, 2000, (64,))
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(model(data[index].contiguous(memory_format=layout)), label[index]).backward()
        optimizer.step()

    seconds = timed(step, STEPS)

else:
    layout = torch.channels_last if "channels_last" in sys.argv else torch.contiguous_format

    class UNet(torch.nn.Module):
        def __init__(self):
            super().__init__()
            twice = lambda a, b: torch.nn.Sequential(
                torch.nn.Conv2d(a, b, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv2d(b, b, 3, padding=1), torch.nn.ReLU()
            )
            self.down0, self.down1, self.middle = twice(3, 16), twice(16, 32), twice(32, 64)
            self.up1, self.up0, self.classes = twice(96, 32), twice(48, 16), torch.nn.Conv2d(16, 11, 1)

        def forward(self, x):
            down0 = self.down0(x)
            down1 = self.down1(F.max_pool2d(down0, 2))
            middle = self.middle(F.max_pool2d(down1, 2))
            up1 = self.up1(torch.cat([F.interpolate(middle, scale_factor=2), down1], 1))
            return self.classes(self.up0(torch.cat([F.interpolate(up1, scale_factor=2), down0], 1)))

    model = UNet().to(memory_format=layout)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    data, label = torch.randn(64, 3, 64, 48), torch.randint(0, 11, (64, 64, 48))

    def step():
        index = torch.randint(0, 64, (8,))
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(model(data[index].contiguous(memory_format=layout)), label[index]).backward()
        optimizer.step()

    seconds = timed(step, STEPS)

print(seconds * 1e6)
