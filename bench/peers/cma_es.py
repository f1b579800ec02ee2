"""Evaluations that the packages cma (pycma) and cmaes need to come below 1e-8.

Usage: cma_es.py SEEDS MOST CASE...; a case is PEER:PROBLEM:DIMENSION, with the peers `cma`, `cma-diagonal`, `cmaes`,
`cmaes-separable` and `cmaes-xnes`. Start: mean 0, standard deviation 2, in natural units, no bounds; the optimum is at
(1, ..., 1). Default populations and constants; rules of stopping are switched off as far as the packages let.
Prints a line of JSON a case: the case, the version of the package, and the evaluations of each seed up to and with the
first one below 1e-8; null where MOST did not suffice or the package gave up. Peers that are not installed are left out.
"""
import json
import sys

import numpy

TARGET = 1e-8
SIGMA = 2.0


def sphere(x):
    return float(((x - 1) ** 2).sum())


def ellipsoid(x):
    return float((10 ** (6 * numpy.arange(len(x)) / (len(x) - 1)) * (x - 1) ** 2).sum())


def rosenbrock(x):
    return float((100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum())


PROBLEMS = {"sphere": sphere, "ellipsoid": ellipsoid, "rosenbrock": rosenbrock}


def with_cma(diagonal):
    import cma

    def run(f, dimension, seed, most):
        off = dict.fromkeys(["tolfun", "tolfunhist", "tolfunrel", "tolx"], 0)
        options = {"seed": seed, "verbose": -9, "CMA_diagonal": diagonal, "maxiter": numpy.inf, **off}
        es = cma.CMAEvolutionStrategy(numpy.zeros(dimension), SIGMA, options)
        count = 0
        while count < most and not es.stop():
            points = es.ask()
            values = [f(point) for point in points]
            for value in values:
                count += 1
                if value < TARGET:
                    return count
            es.tell(points, values)
        return None

    return cma.__version__, run


def with_cmaes(name):
    import cmaes

    def run(f, dimension, seed, most):
        es = getattr(cmaes, name)(mean=numpy.zeros(dimension), sigma=SIGMA, seed=seed)
        count = 0
        while count < most:
            told = []
            for _ in range(es.population_size):
                point = es.ask()
                value = f(point)
                count += 1
                if value < TARGET:
                    return count
                told.append((point, value))
            es.tell(told)
        return None

    return cmaes.__version__, run


PEERS = {
    "cma": lambda: with_cma(False),
    "cma-diagonal": lambda: with_cma(True),
    "cmaes": lambda: with_cmaes("CMA"),
    "cmaes-separable": lambda: with_cmaes("SepCMA"),
    "cmaes-xnes": lambda: with_cmaes("XNES"),
}

if __name__ == "__main__":
    seeds, most = int(sys.argv[1]), int(sys.argv[2])
    for case in sys.argv[3:]:
        peer, problem, dimension = case.split(":")
        try:
            version, run = PEERS[peer]()
        except ImportError:
            continue
        counts = [run(PROBLEMS[problem], int(dimension), seed + 1, most) for seed in range(seeds)]
        print(json.dumps({"case": case, "version": version, "evaluations": counts}), flush=True)
