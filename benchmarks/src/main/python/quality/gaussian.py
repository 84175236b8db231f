"""The exact privacy of one Gaussian release."""

import math

from scipy.special import log_ndtr


def delta(sigma: float, epsilon: float) -> float:
    """The smallest delta of a release with L2 sensitivity 1 and noise of standard deviation sigma."""
    near, far = 0.5 / sigma - epsilon * sigma, -0.5 / sigma - epsilon * sigma
    return math.exp(log_ndtr(near)) - math.exp(epsilon + log_ndtr(far))


def sigma(epsilon: float, largest_delta: float) -> float:
    """The least noise at which a release with L2 sensitivity 1 is (epsilon, delta)-private, by bisection."""
    low, high = 1e-3, 1e6
    while high / low > 1 + 1e-9:
        middle = math.sqrt(low * high)
        low, high = (middle, high) if delta(middle, epsilon) > largest_delta else (low, middle)
    return high
