"""Computes the certainty functions a second time, slowly and with many digits, for the C++ code to be compared with.

    certainty_oracle.py                              writes the table to the standard output
    certainty_oracle.py --check certainty_reference.csv   tells whether the file still is what this program writes

Nothing is shared with the C++ code, neither a library nor a way of computing: bounds are found by bisection of what defines them
(a score, a binomial tail), not by closed formulas; the normal distribution is a series; Fisher's test counts tables in exact whole
numbers. Only Python's standard library is used.
"""

import argparse
import decimal
import difflib
import functools
import math
import pathlib
import sys
from decimal import Decimal
from fractions import Fraction

DIGITS = 50  # of every series
GUARD = 30  # digits that cancellations may cost
FOUND = 32  # digits of what is found by bisection; 25 are written
decimal.getcontext().prec = DIGITS + GUARD
decimal.getcontext().Emin = decimal.MIN_EMIN
decimal.getcontext().Emax = decimal.MAX_EMAX


def exact(text):
    """The double that a program reads this text as, exactly: the C++ code is given no more than that."""
    return Decimal(float(text))


def bisected(below, low, high):
    """The place between low and high up to which `below` holds, to FOUND digits of the place itself."""
    low, high = Decimal(low), Decimal(high)
    while high - low > high * Decimal(10) ** -FOUND:
        middle = (low + high) / 2
        if below(middle):
            low = middle
        else:
            high = middle
        if high < Decimal(10) ** -400:  # it holds nowhere
            return Decimal(0)
    return (low + high) / 2


# The normal distribution


@functools.cache
def pi(digits):
    with decimal.localcontext() as context:
        context.prec = digits + 10

        def arctan_of_inverse(whole):
            term = total = Decimal(1) / whole
            place = 1
            while abs(term) > Decimal(10) ** -(digits + 8):
                term /= -whole * whole
                place += 2
                total += term / place
            return total

        return 4 * (4 * arctan_of_inverse(5) - arctan_of_inverse(239))  # Machin 1706


def erf(x):
    """2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1)): all terms are positive."""
    digits = decimal.getcontext().prec
    term = total = Decimal(x)
    place = 1
    while term > total * Decimal(10) ** -digits:
        place += 2
        term *= 2 * x * x / place
        total += term
    return 2 / pi(digits).sqrt() * (-x * x).exp() * total


def two_sided(z):
    """P(|Z| ≥ z). 1 − erf loses about z²/2/ln 10 digits, so as many are added."""
    with decimal.localcontext() as context:
        context.prec += int(z * z / 4) + 10
        return 1 - erf(z / Decimal(2).sqrt())


@functools.cache
def quantile(confidence):
    """The z with P(|Z| < z) = confidence."""
    return bisected(lambda z: 1 - two_sided(z) < confidence, 0, 20)


# Intervals of one rate


def score_bounds(successes, trials, z, correction):
    """The rates P at which |p − P| − correction/n is just z standard errors of P: the definition of the score interval."""
    seen = Decimal(successes) / trials
    shift = Decimal(correction) / trials

    def too_far(rate):
        distance = max(Decimal(0), abs(seen - rate) - shift)
        return distance * distance > z * z * rate * (1 - rate) / trials

    low = Decimal(0) if successes == 0 else bisected(too_far, 0, seen)
    high = Decimal(1) if successes == trials else bisected(lambda rate: not too_far(rate), seen, 1)
    return low, high


@functools.cache
def log_factorial(whole):
    """ln n! by Stirling's series beyond 200, where 40 terms give more digits than are asked for."""
    if whole < 200:
        return Decimal(math.factorial(whole)).ln()
    x = Decimal(whole + 1)
    total = (x - Decimal("0.5")) * x.ln() - x + (2 * pi(decimal.getcontext().prec)).ln() / 2
    for index in range(1, 41):
        number = bernoulli(2 * index)
        total += Decimal(number.numerator) / number.denominator / (2 * index * (2 * index - 1)) / x ** (2 * index - 1)
    return total


@functools.cache
def bernoulli(index):
    if index == 0:
        return Fraction(1)
    return -sum(math.comb(index + 1, earlier) * bernoulli(earlier) for earlier in range(index)) / (index + 1)


def upper_tail(successes, trials, rate):
    """P(at least `successes` of `trials`) at this rate, for a rate below successes / trials: the terms of the binomial
    distribution one after the other, each from the one before, until they add nothing."""
    log_first = (log_factorial(trials) - log_factorial(successes) - log_factorial(trials - successes)
                 + successes * rate.ln() + (trials - successes) * (1 - rate).ln())
    odds = rate / (1 - rate)
    term = total = Decimal(1)
    for count in range(successes, trials):
        term *= odds * (trials - count) / (count + 1)
        total += term
        if term < total * Decimal(10) ** -(DIGITS + 10):
            break
    return log_first.exp() * total


def exact_bounds(successes, trials, confidence):
    """Clopper and Pearson: the rates at which seeing so many, or so few, has half the remaining probability."""
    tail = (1 - confidence) / 2

    low, high = Decimal(0), Decimal(1)
    if successes > 0:
        low = bisected(lambda rate: upper_tail(successes, trials, rate) < tail, 0, Decimal(successes) / trials)
    if successes < trials:
        failures = trials - successes
        high = bisected(lambda rate: upper_tail(failures, trials, 1 - rate) > tail, Decimal(successes) / trials, 1)
    return low, high


def bounds(method, successes, trials, confidence):
    if method == "exact":
        return exact_bounds(int(successes), int(trials), confidence)
    z = quantile(confidence)
    return score_bounds(Decimal(successes), Decimal(trials), z, Decimal("0.5") if method == "wilsoncc" else 0)


# Two rates


def difference_bounds(successes_a, trials_a, successes_b, trials_b, confidence):
    """Newcombe's method 10."""
    z = quantile(confidence)
    rate_a = Decimal(successes_a) / trials_a
    rate_b = Decimal(successes_b) / trials_b
    low_a, high_a = score_bounds(Decimal(successes_a), Decimal(trials_a), z, 0)
    low_b, high_b = score_bounds(Decimal(successes_b), Decimal(trials_b), z, 0)
    difference = rate_a - rate_b
    return (difference - ((rate_a - low_a) ** 2 + (high_b - rate_b) ** 2).sqrt(),
            difference + ((high_a - rate_a) ** 2 + (rate_b - low_b) ** 2).sqrt())


def chi_squared_test(table, corrected):
    """Σ (|seen − expected| − c)² / expected over the four cells; Yates takes c = ½, never more than the distance, off."""
    (a, b), (c, d) = table
    total = a + b + c + d
    chi_squared = Fraction(0)
    for seen, row, column in ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d)):
        expected = Fraction(row * column, total)
        if expected == 0:
            return Decimal(1)
        distance = abs(seen - expected)
        distance = max(Fraction(0), distance - Fraction(1, 2)) if corrected else distance
        chi_squared += distance * distance / expected
    return two_sided((Decimal(chi_squared.numerator) / chi_squared.denominator).sqrt())


def neighbours(successes_a, trials_a, successes_b, trials_b, step):
    """The probabilities of the tables beyond the one seen, in one direction, relative to it, until they add nothing."""
    successes = successes_a + successes_b
    count = successes_a
    term = Decimal(1)
    while True:
        if step > 0:
            factor = Decimal((trials_a - count) * (successes - count)) / ((count + 1) * (trials_b - successes + count + 1))
        else:
            factor = Decimal(count * (trials_b - successes + count)) / ((trials_a - count + 1) * (successes - count + 1))
        term *= factor
        count += step
        if factor < 1 and term < Decimal(10) ** -(FOUND + 5):
            return
        yield term


def large_fisher_test(*table):
    """As fisher_test, where whole numbers would grow too long: outwards from the table seen, in DIGITS digits."""
    others = [*neighbours(*table, 1), *neighbours(*table, -1)]
    equal = 1 + Decimal(10) ** -GUARD
    assert not any(equal < term <= 1 + Decimal(10) ** -6 for term in others), "a table too close to the one seen"
    unlikely = 1 + sum(term for term in others if term <= equal)
    return unlikely / (1 + sum(others))


def fisher_test(successes_a, trials_a, successes_b, trials_b):
    """All tables with these margins, counted in whole numbers."""
    successes = successes_a + successes_b
    first = max(0, successes - trials_b)
    last = min(successes, trials_a)
    ways = math.comb(trials_a, first) * math.comb(trials_b, successes - first)
    counted = []
    for count in range(first, last + 1):
        counted.append(ways)
        ways = ways * (trials_a - count) * (successes - count) // ((count + 1) * (trials_b - successes + count + 1))
    seen = counted[successes_a - first]
    # A tolerance, which floating point needs, must not change the answer; such a row would be no fair comparison.
    assert not any(seen < ways <= seen * (1 + Fraction(1, 10**6)) for ways in counted), "a table too close to the one seen"
    assert sum(counted) == math.comb(trials_a + trials_b, successes)
    share = Fraction(sum(ways for ways in counted if ways <= seen), sum(counted))
    return Decimal(share.numerator) / share.denominator


def test(method, successes_a, trials_a, successes_b, trials_b):
    if method == "fisher":
        compute = fisher_test if trials_a + trials_b < 20000 else large_fisher_test
        return compute(successes_a, trials_a, successes_b, trials_b)
    table = ((successes_a, trials_a - successes_a), (successes_b, trials_b - successes_b))
    return chi_squared_test(table, method == "yates")


def nps_margin(promoters, passives, detractors, confidence):
    """Half-width from the variance of the single answers, +1, 0 or −1, around their mean."""
    answers = promoters + passives + detractors
    mean = Decimal(promoters - detractors) / answers
    variance = (promoters * (1 - mean) ** 2 + passives * mean**2 + detractors * (1 + mean) ** 2) / answers
    return quantile(confidence) * 100 * (variance / answers).sqrt()


# What is compared


SAMPLES = [(0, 1), (1, 1), (0, 2), (1, 2), (1, 3), (0, 20), (20, 20), (1, 29), (28, 29), (15, 148), (20, 80), (81, 263), (7, 1000),
           (500, 1000), (999, 1000), (1, 100000), (30000, 100000), (99990, 100000), (3, 1000000), (250000, 1000000), (0, 1000000)]
CONFIDENCES = ["0.5", "0.9", "0.95", "0.99", "0.999999"]
EXACT_CONFIDENCES = ["0.9", "0.95", "0.999999"]
WEIGHTED_SAMPLES = [("0.25", "8"), ("2.5", "8.75"), ("0.001", "1000"), ("1e-6", "50")]
PAIRS = [(0, 1, 1, 1), (0, 1, 0, 1), (0, 10, 0, 20), (0, 10, 0, 10), (10, 10, 0, 20), (10, 10, 0, 10), (56, 70, 48, 80),
         (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (3, 4, 1, 4), (1, 12, 11, 12), (2, 12, 15, 18), (120, 1000, 150, 1000),
         (15, 50, 25, 50), (20, 80, 21, 80), (12, 60, 40, 200), (1, 5000, 9, 5000), (700, 1000, 200, 1000),
         (4000, 9000, 3000, 9000), (1, 2, 300, 700), (2500, 2500, 2499, 2500),
         (150100, 1000000, 151000, 1000000), (12, 300000, 41, 700000),
         (99000, 100000, 98000, 100000),
         # Equal samples and an odd number of successes: every table has a twin as likely, reached by other roundings.
         (37, 100, 60, 100), (401, 1000, 444, 1000), (1207, 3000, 1300, 3000), (12070, 30000, 12303, 30000)]
PAIR_CONFIDENCES = ["0.8", "0.95", "0.999"]
ANSWERS = [(5, 3, 2), (1, 0, 0), (0, 0, 3), (1, 1, 1), (50, 30, 20), (7, 0, 9), (6000, 2500, 1500), (0, 999, 1)]

HEADER = "function,method,a,b,c,d,confidence,value"


def rows():
    def row(function, method, values, confidence, value):
        values = [str(value) for value in values] + [""] * (4 - len(values))
        return ",".join([function, method, *values, confidence, f"{value:.24E}" if value else "0"])

    for confidence in ["0.000001", "0.1", "0.5", "0.8", "0.9", "0.95", "0.99", "0.999", "0.999999", "0.999999999999"]:
        yield row("quantile", "", [], confidence, quantile(exact(confidence)))
    for method in ("wilson", "wilsoncc", "exact"):
        samples = SAMPLES if method == "exact" else SAMPLES + WEIGHTED_SAMPLES
        for successes, trials in samples:
            for confidence in CONFIDENCES if method != "exact" else EXACT_CONFIDENCES:
                low, high = bounds(method, exact(successes), exact(trials), exact(confidence))
                yield row("RATELOW", method, [successes, trials], confidence, low)
                yield row("RATEHIGH", method, [successes, trials], confidence, high)
    for method in ("z", "yates", "fisher"):
        for pair in PAIRS:
            yield row("RATETEST", method, pair, "", test(method, *pair))
    for pair in PAIRS:
        for confidence in PAIR_CONFIDENCES:
            low, high = difference_bounds(*pair, exact(confidence))
            yield row("RATEDIFFLOW", "", pair, confidence, low)
            yield row("RATEDIFFHIGH", "", pair, confidence, high)
    for answers in ANSWERS:
        for confidence in PAIR_CONFIDENCES:
            yield row("NPSMARGIN", "", answers, confidence, nps_margin(*answers, exact(confidence)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", type=pathlib.Path, metavar="FILE", help="compare with it instead of writing")
    options = parser.parse_args()
    lines = [HEADER, *rows()]
    if options.check is None:
        print("\n".join(lines))
        return 0
    written = options.check.read_text().splitlines()
    differences = list(difflib.unified_diff(written, lines, str(options.check), "computed", n=0, lineterm=""))
    print("\n".join(differences) or f"{len(lines) - 1} rows agree")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
