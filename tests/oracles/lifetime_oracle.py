"""Computes the models of lifetime value a second time, slowly and with many digits, for the C++ code to be compared with.

    lifetime_oracle.py                               writes the table to the standard output
    lifetime_oracle.py --check lifetime_reference.csv    tells whether the file still is what this program writes

Nothing is shared with the C++ code, neither a library nor a way of computing: likelihoods and expectations are the closed formulas of
the papers, with Gauss's hypergeometric series where the C++ code sums probabilities or integrates; maxima are found by Newton's method
with derivatives by central differences of 40 digits. Only Python's standard library is used.

The customers are those of tests/data/cdnow.txt up to day 272 (1997-09-30), in weeks; for Pareto/NBD, whose series are slow, every
fourth of them. Starts of the searches are the published parameters; the end does not depend on them.
"""

import argparse
import collections
import decimal
import difflib
import functools
import pathlib
import sys
from decimal import Decimal

decimal.getcontext().prec = 40
DATA = pathlib.Path(__file__).parent.parent / "data" / "cdnow.txt"
CALIBRATION = 272  # days from the first
STEP = Decimal(10) ** -12  # of the differences, in the logarithm of a parameter

# The numbers B(2k) of Bernoulli, of Stirling's series
BERNOULLI = [(1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510), (43867, 798), (-174611, 330),
             (854513, 138), (-236364091, 2730), (8553103, 6), (-23749461029, 870)]


# Many customers have been there for equally long: most logarithms are asked for again and again.
@functools.lru_cache(maxsize=100000)
def ln(x):
    return x.ln()


@functools.lru_cache(maxsize=100000)
def log_gamma(x):
    """By Stirling's series after the recurrence has brought x above 40."""
    product = Decimal(1)
    while x < 40:
        product *= x
        x += 1
    total = (x - Decimal("0.5")) * x.ln() - x + ln(TWO_PI) / 2
    power = x
    for place, (above, below) in enumerate(BERNOULLI, start=1):
        total += Decimal(above) / below / (2 * place * (2 * place - 1)) / power
        power *= x * x
    return total - product.ln()


TWO_PI = Decimal("6.283185307179586476925286766559005768394338798750211641949889184615632812572417997256069650684234")


def hypergeometric(a, b, c, z):
    """Gauss's series of 2F1; all terms are positive where it is used."""
    term = total = Decimal(1)
    place = 0
    while abs(term) > abs(total) * Decimal(10) ** -(decimal.getcontext().prec + 2):
        term *= (a + place) * (b + place) / (c + place) / (place + 1) * z
        total += term
        place += 1
    return total


def customers():
    """(repeats, recency, age, mean) of each customer, times in weeks, money in its unit."""
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        days = collections.Counter()
        for purchase in line.split():
            day, cents = map(int, purchase.split(":"))
            if day <= CALIBRATION:
                days[day] += cents
        first = min(days)
        repeats = len(days) - 1
        spent = Decimal(sum(cents for day, cents in days.items() if day != first)) / 100
        yield repeats, Decimal(max(days) - first) / 7, Decimal(CALIBRATION - first) / 7, spent / repeats if repeats else Decimal(0)


# Log likelihoods of one customer


def bgnbd(x, recency, age, r, alpha, a, b):
    """Fader, Hardie and Lee 2005, equation 6."""
    both = log_gamma(r + x) - log_gamma(r) + r * ln(alpha) + log_gamma(a + b) - log_gamma(b)
    stays = both + log_gamma(b + x) - log_gamma(a + b + x) - (r + x) * ln(alpha + age)
    if x == 0:
        return stays
    left = both + log_gamma(a + 1) - log_gamma(a) + log_gamma(b + x - 1) - log_gamma(a + b + x) - (r + x) * ln(alpha + recency)
    return stays + (1 + (left - stays).exp()).ln()


def mbgnbd(x, recency, age, r, alpha, a, b):
    """Batislam, Denizel and Filiztekin 2007: one more chance to leave, after the first purchase."""
    both = log_gamma(r + x) - log_gamma(r) + r * ln(alpha) + log_gamma(a + b) - log_gamma(b)
    stays = both + log_gamma(b + x + 1) - log_gamma(a + b + x + 1) - (r + x) * ln(alpha + age)
    left = both + log_gamma(a + 1) - log_gamma(a) + log_gamma(b + x) - log_gamma(a + b + x + 1) - (r + x) * ln(alpha + recency)
    return stays + (1 + (left - stays).exp()).ln()


@functools.lru_cache(maxsize=100000)
def gone(x, time, r, alpha, s, beta):
    """Fader and Hardie, A Note on Deriving the Pareto/NBD Model, 2005: the antiderivative at `time`, less its sign."""
    c = r + s + x
    if alpha >= beta:
        return hypergeometric(c, s + 1, c + 1, (alpha - beta) / (alpha + time)) * (-c * ln(alpha + time)).exp()
    return hypergeometric(c, r + x, c + 1, (beta - alpha) / (beta + time)) * (-c * ln(beta + time)).exp()


def pnbd_parts(x, recency, age, r, alpha, s, beta):
    """The parts of the likelihood: still there, and left in between."""
    here = (-(r + x) * ln(alpha + age) - s * ln(beta + age)).exp()
    left = s / (r + s + x) * (gone(x, recency, r, alpha, s, beta) - gone(x, age, r, alpha, s, beta))
    return here, left


def pnbd(x, recency, age, r, alpha, s, beta):
    here, left = pnbd_parts(x, recency, age, r, alpha, s, beta)
    return log_gamma(r + x) - log_gamma(r) + r * ln(alpha) + s * ln(beta) + (here + left).ln()


def gamma_gamma(x, mean, p, q, gamma):
    """Fader and Hardie 2013, equation 1a."""
    beta = log_gamma(p * x) + log_gamma(q) - log_gamma(p * x + q)
    return q * ln(gamma) + (p * x - 1) * ln(mean) + p * x * ln(Decimal(x)) - (p * x + q) * ln(gamma + x * mean) - beta


def geometric(left, period, a, b):
    """Fader and Hardie 2007: the logarithm of P(T = period) or, of those who are still there, of S(period)."""
    if left:
        beta = log_gamma(a) + log_gamma(b) - log_gamma(a + b)
        return log_gamma(a + 1) + log_gamma(b + period - 1) - log_gamma(a + b + period) - beta
    return log_gamma(b + period) - log_gamma(a + b + period) - log_gamma(b) + log_gamma(a + b)


# Maxima


def solved(matrix, right):
    """Gauss and Jordan, with the largest pivot."""
    size = len(right)
    rows = [list(line) + [value] for line, value in zip(matrix, right)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            if row != column:
                factor = rows[row][column]
                rows[row] = [value - factor * other for value, other in zip(rows[row], rows[column])]
    return [line[-1] for line in rows]


def maximum(log_likelihood, start):
    """Parameters, standard errors and height of the maximum near `start`."""
    logs = [Decimal(value).ln() for value in start]
    size = len(logs)

    def at(*moves):
        moved = list(logs)
        for index, direction in moves:
            moved[index] += direction * STEP
        return log_likelihood(*(value.exp() for value in moved))

    for _ in range(6):
        height = at()
        up = [at((index, 1)) for index in range(size)]
        down = [at((index, -1)) for index in range(size)]
        slope = [(above - below) / (2 * STEP) for above, below in zip(up, down)]
        bend = [[None] * size for _ in range(size)]
        for i in range(size):
            bend[i][i] = -(up[i] - 2 * height + down[i]) / STEP**2
            for j in range(i):
                cross = at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1))
                bend[i][j] = bend[j][i] = -cross / (4 * STEP**2)
        step = solved(bend, slope)
        if max(abs(value) for value in step) < Decimal(10) ** -14:
            units = [[Decimal(int(i == j)) for j in range(size)] for i in range(size)]
            variances = [solved(bend, units[index])[index] for index in range(size)]
            parameters = [value.exp() for value in logs]
            return parameters, [value * variance.sqrt() for value, variance in zip(parameters, variances)], height
        logs = [value + move for value, move in zip(logs, step)]
    raise ArithmeticError("no maximum near " + str(start))


def written(value):
    return f"{value:.15E}"


def fit_rows(function, model, names, log_likelihood, start):
    parameters, errors, height = maximum(log_likelihood, start)
    for name, value, error in zip(names, parameters, errors):
        yield f"{function},{model},{name},{written(value)},{written(error)}"
    yield f"{function},{model},log likelihood,{written(height)},"


def weighted(each, groups):
    return lambda *parameters: sum(count * each(*group, *parameters) for group, count in groups.items())


# Expectations


def alive(model, x, recency, age, r, alpha, a, b):
    if model == "pnbd":
        here, left = pnbd_parts(x, recency, age, r, alpha, a, b)
        return here / (here + left)
    stayed = x + 1 if model == "mbgnbd" else x
    if stayed == 0:
        return Decimal(1)
    return 1 / (1 + a / (b + stayed - 1) * ((r + x) * ((alpha + age) / (alpha + recency)).ln()).exp())


def purchases(model, x, recency, age, horizon, r, alpha, a, b):
    """Fader, Hardie and Lee 2005, equation 10; Fader and Hardie 2005, equation 41."""
    here = alive(model, x, recency, age, r, alpha, a, b)
    if model == "pnbd":
        ratio = (b + age) / (b + age + horizon)
        return here * (r + x) * (b + age) / (alpha + age) / (a - 1) * (1 - ((a - 1) * ratio.ln()).exp())
    stayed = b + (x + 1 if model == "mbgnbd" else x)
    z = horizon / (alpha + age + horizon)
    series = hypergeometric(r + x, stayed, a + stayed - 1, z)
    return here * (a + stayed - 1) / (a - 1) * (1 - ((r + x) * (1 - z).ln()).exp() * series)


PARAMETERS = {"bgnbd": ["0.243 4.414 0.793 2.426", "2.5 30 1.5 0.7"],
              "mbgnbd": ["0.525 6.183 0.891 1.614", "2.5 30 1.5 0.7"],
              "pnbd": ["0.553 10.58 0.606 11.67", "2.5 9 1.7 4"]}
HISTORIES = ["0 0 0", "0 0 38.86", "1 1.71 38.86", "2 30.43 38.86", "26 30.86 31", "25 20 39", "7 29.43 700"]
HORIZONS = ["0.5", "39", "520"]


def expectation_rows():
    for model, sets in PARAMETERS.items():
        for parameters in sets:
            for history in HISTORIES:
                x, recency, age, *values = map(Decimal, (history + " " + parameters).split())
                yield f"PALIVE,{model},{history} {parameters},{written(alive(model, x, recency, age, *values))},"
                for horizon in HORIZONS:
                    value = purchases(model, x, recency, age, Decimal(horizon), *values)
                    yield f"EXPECTEDPURCHASES,{model},{history} {horizon} {parameters},{written(value)},"


def rows():
    everybody = list(customers())
    groups = collections.Counter((x, recency, age) for x, recency, age, _ in everybody)
    fourth = collections.Counter((x, recency, age) for x, recency, age, _ in everybody[::4])
    spenders = collections.Counter((x, mean) for x, _, _, mean in everybody if x > 0)
    names = ["r", "alpha", "a", "b"]
    yield from fit_rows("CLVFIT", "bgnbd", names, weighted(bgnbd, groups), ["0.2426", "4.4136", "0.7929", "2.4259"])
    yield from fit_rows("CLVFIT", "mbgnbd", names, weighted(mbgnbd, groups), ["0.5248", "6.183", "0.8914", "1.614"])
    yield from fit_rows("CLVFIT", "pnbd", ["r", "alpha", "s", "beta"], weighted(pnbd, fourth), ["0.575", "10.76", "0.57", "10.0"])
    yield from fit_rows("SPENDFIT", "", ["p", "q", "gamma"], weighted(gamma_gamma, spenders), ["6.25", "3.74", "15.44"])
    survivors = [1000, 869, 743, 653, 593, 551, 517, 491]  # Fader and Hardie 2007, high end
    seen = {(True, period): survivors[period - 1] - survivors[period] for period in range(1, len(survivors))}
    seen[(False, len(survivors) - 1)] = survivors[-1]
    yield from fit_rows("RETENTIONFIT", "", ["a", "b"], weighted(geometric, seen), ["0.668", "3.806"])
    yield from expectation_rows()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", type=pathlib.Path, metavar="CSV", help="compare with this file instead of writing")
    options = arguments.parse_args()
    table = ["function,model,case,value,error", *rows()]
    if options.check is None:
        print("\n".join(table))
        return 0
    kept = options.check.read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(kept, table, "file", "computed", lineterm=""))
    print("\n".join(difference) if difference else f"{len(table) - 1} values computed again")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main())
