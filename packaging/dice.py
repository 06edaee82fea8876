"""Random figures for sample data, the same on every machine and with every Python: only Random.random() is used, whose sequence Python
guarantees.
"""
import random


class Dice:
    def __init__(self, seed):
        self._random = random.Random(seed)

    def share(self):
        return self._random.random()

    def below(self, limit):
        return int(self.share() * limit)

    def one_of(self, *choices):
        return choices[self.below(len(choices))]

    def by_share(self, shares):
        """A key of {key: share} or {key: (share, ...)}, as often as its share says."""
        weights = {key: value[0] if isinstance(value, tuple) else value for key, value in shares.items()}
        rest = self.share() * sum(weights.values())
        for key, weight in weights.items():
            rest -= weight
            if rest < 0:
                return key
        return key

    def around(self, typical):
        """A positive figure around the typical one, with some far above it, as amounts and durations are."""
        # Not exp(): its last digit may differ between machines.
        factor = 0.3 + 0.35 * (self.share() + self.share() + self.share() + self.share())
        return typical * factor * factor * factor
