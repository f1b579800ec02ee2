"""A search of focal loss on mammography with Optuna and PyTorch, on two cores.

Usage: search.py FILE TRIALS STEPS BATCH EVALUATIONS PROCESSES; prints seconds, start-up included.
PROCESSES 1: one study, two threads for each operation, as people write it. PROCESSES 2: each process has half of the
trials, one thread and a study of its own, which is kinder to Optuna than a shared database.
"""
import multiprocessing
import sys
import time

BEGIN = time.perf_counter()

import numpy
import optuna
import torch
import torch.nn.functional as F

path, trials, steps, batch, evaluations, processes = sys.argv[1], *map(int, sys.argv[2:7])
optuna.logging.set_verbosity(optuna.logging.WARNING)
torch.set_num_threads(2 // processes)

rows = [line.strip().split(",") for line in open(path)]
inputs = numpy.array([[float(cell) for cell in row[:-1]] for row in rows], dtype=numpy.float32)
label = numpy.array([float(row[-1].strip("'") == "1") for row in rows], dtype=numpy.float32)
order = numpy.random.RandomState(1).permutation(len(rows))
cut = int(len(rows) * 0.5)
train, validation = order[:cut], order[cut : cut + len(rows) // 5]
mean, deviation = inputs[train].mean(0), inputs[train].std(0)
x = torch.from_numpy((inputs - mean) / deviation)
y = torch.from_numpy(label).reshape(-1, 1)


def average_precision(score, target):
    ranked = target[numpy.argsort(-score, kind="stable")]
    found = numpy.cumsum(ranked)
    return float((ranked * found / numpy.arange(1, len(ranked) + 1)).sum() / max(1, found[-1]))


def objective(trial):
    torch.manual_seed(0)
    gamma = trial.suggest_float("gamma", 0, 5)
    alpha = trial.suggest_float("alpha", 0.1, 0.9)
    model = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1], 64), torch.nn.ReLU(), torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=trial.suggest_float("rate", 3e-4, 3e-2, log=True))
    indices = torch.from_numpy(train)
    score = 0.0
    for step in range(steps):
        at = (step * batch) % (len(train) - batch)
        if at < batch:
            indices = indices[torch.randperm(len(indices))]
        index = indices[at : at + batch]
        logits, target = model(x[index]), y[index]
        ce = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
        p = torch.sigmoid(logits)
        p_true = p * target + (1 - p) * (1 - target)
        weight = alpha * target + (1 - alpha) * (1 - target)
        optimizer.zero_grad(set_to_none=True)
        (weight * (1 - p_true) ** gamma * ce).mean().backward()
        optimizer.step()
        if (step + 1) % (steps // evaluations) == 0:
            with torch.no_grad():
                score = average_precision(model(x[validation]).numpy()[:, 0], label[validation])
    return score


def part(seed):
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.RandomSampler(seed=seed))
    study.optimize(objective, n_trials=trials // processes)
    return study.best_value


if __name__ == "__main__":
    if processes == 1:
        best = part(1)
    else:
        with multiprocessing.Pool(2) as pool:
            best = max(pool.map(part, [1, 2], chunksize=1))
    print(time.perf_counter() - BEGIN)
