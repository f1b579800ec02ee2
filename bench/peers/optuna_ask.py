"""Lets a sampler of Optuna search a problem that another process evaluates: a line of JSON in, a line of JSON out.

In: {"study": {"sampler": CLASS, "seed": n, "space": {NAME: DISTRIBUTION}}} begins a study, with the sampler's default
options; {"value": v} tells the value, to be minimised, of the point proposed last. Out: {"point": {NAME: value},
"seconds": s}: the next point, and what telling, asking and suggesting took. A DISTRIBUTION is {"low": l, "high": h} with
"step": 1 for a whole number, or {"choices": [...]}. The first line out names the version, and the samplers that work here.
"""
import json
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")
NEEDS = {"CmaEsSampler": "cmaes", "GPSampler": "torch"}


def works(sampler):
    try:
        __import__(NEEDS.get(sampler, "optuna"))
    except ImportError:
        return False
    return True


def distribution(given):
    if "choices" in given:
        return optuna.distributions.CategoricalDistribution(given["choices"])
    if "step" in given:
        return optuna.distributions.IntDistribution(given["low"], given["high"])
    return optuna.distributions.FloatDistribution(given["low"], given["high"])


def say(message):
    print(json.dumps(message), flush=True)


study = trial = space = None
samplers = ["TPESampler", "CmaEsSampler", "NSGAIISampler", "GPSampler", "RandomSampler"]
say({"version": optuna.__version__, "samplers": [name for name in samplers if works(name)]})
for line in sys.stdin:
    message = json.loads(line)
    begin = time.perf_counter()
    if "study" in message:
        wanted = message["study"]
        sampler = getattr(optuna.samplers, wanted["sampler"])(seed=wanted["seed"])
        study = optuna.create_study(sampler=sampler)
        space = {name: distribution(given) for name, given in wanted["space"].items()}
        begin = time.perf_counter()
    else:
        study.tell(trial, message["value"])
    trial = study.ask(space)
    say({"point": trial.params, "seconds": time.perf_counter() - begin})
