package org.privateevolution.privacy;

/**
 * Carries the exact privacy of continuous Gaussian noise over to the discrete Gaussian on a fine grid.
 *
 * <p><b>Claim.</b> Let T releases, chosen adaptively, add independent noise N_Z(0, G_t) to every coordinate of integer
 * vectors of any dimension. Between neighbours the vectors differ by D_t with {@code |D_t,i| <= U} and
 * {@code ||D_t|| <= s U}, where {@code U = 2^bits} is one vote and {@code s <= sqrt(2)}. Let {@code m_t} be noise
 * multipliers with {@code G_t >= (m_t U)^2}. Then for every epsilon
 *
 * <pre>delta_discrete(epsilon) &lt;= delta_mu(epsilon - eta) + xi,
 * mu^2 = s^2 sum 1/m_t^2,   eta = 144 / U * sqrt(sum 1/m_t^4),   xi = (T + 4) * 1e-33,</pre>
 *
 * where delta_mu is the continuous {@link GaussianAccounting#delta}, if {@code 2^-10 <= m_t <= 2^24}, {@code G_t >= 64}
 * and {@code bits <= 30}.
 *
 * <p><b>Proof.</b> Both neighbours' noise is centred on integers, so the normalisers cancel and the privacy loss of
 * release t is {@code L_t = ||D_t||^2 / 2G_t - W_t / G_t} with {@code W_t = sum_i D_t,i X_i}, as in the continuous case
 * but for X discrete; {@code delta(epsilon) = E f(sum L_t)} with {@code f(l) = max(0, 1 - e^(epsilon - l))}, which
 * rises in l within [0, 1].
 *
 * <ol>
 *   <li><i>Smoothing.</i> Let {@code g_t ~ N(0, (6 U / G_t)^2)} be independent of everything; their sum g has a
 *       standard deviation of at most eta/24. Then {@code E f(sum L_t) <= E f(sum (L_t + g_t) + eta/2) + P[g <
 *       -eta/2]}.
 *   <li><i>One release.</i> By Poisson summation the characteristic function of N_Z(0, G) is
 *       {@code e^(-G u^2/2) A(u)/A(0)}, {@code A(u) = 1 + 2 sum_k cosh(2 pi G k u) e^(-2 pi^2 G k^2)}. For
 *       {@code |u| <= 5/2} it holds that {@code 0 <= A(u) - 1 <= 2.01 q} with
 *       {@code q = e^(-2 pi (pi - 5/2) G) <= e^(-4.03 G)}. At most {@code ||D||^2 <= 2 U^2} coordinates differ. So for
 *       {@code |u| <= 5/(2U)} the characteristic function of W is that of {@code N(0, G ||D||^2)} times a factor in
 *       {@code [1, 1 + 5 U^2 q]}; beyond, both lie in [0, 1] and smoothing multiplies them by {@code e^(-(6 U u)^2/2)}.
 *       Fourier inversion bounds the difference of the smoothed densities by {@code 2 U^2 q / (sqrt(G) ||D||) +
 *       sqrt(2/pi) / (6 U) * Phi(-15)}. Both laws are subgaussian with variance {@code v^2 = G ||D||^2 + 36 U^2}; the
 *       bound on [-13 v, 13 v] and the tails {@code 4e-37} outside give a total variation of at most
 *       {@code 1e-90 + 6.4e-51 sqrt(2 G + 36) + 4e-37 <= 1e-33} as {@code G <= 2^108}.
 *   <li><i>Composition.</i> Backward over t: whatever happened before, replacing {@code L_t + g_t} by its continuous
 *       counterpart changes the expectation of a function with values in [0, 1] by at most 1e-33, so adaptive choice of
 *       D_t costs T * 1e-33 in all. What remains is adaptive continuous composition, given g: {@code E_g
 *       delta_mu(epsilon - eta/2 - g) <= delta_mu(epsilon - eta) + P[g > eta/2]}.
 *   <li>{@code P[|g| > eta/2] <= 2 Phi(-12) < 4e-33}.
 * </ol>
 *
 * With 2^30 units per vote, eta is 1.4e-7 / m^2 for one release: nine digits of epsilon are those of the continuous
 * noise.
 */
final class DiscreteGaussianBound {
    /** The smallest noise multiplier for which the bound is stated. */
    static final double MIN_NOISE_MULTIPLIER = 0x1p-10;

    /** The largest noise multiplier for which the bound is stated. */
    static final double MAX_NOISE_MULTIPLIER = 0x1p24;

    private static final double GAP = 144;
    private static final double DELTA_GAP = 1e-33;

    private DiscreteGaussianBound() {}

    /**
     * The gap eta in epsilon, up to the rounding of {@code fourthPowers}, which the caller must round up.
     *
     * @param fourthPowers the sum over the releases of {@code noiseMultiplier^-4}
     * @param bits binary digits of a vote after the point, 0 to 30
     */
    static double epsilonGap(double fourthPowers, int bits) {
        return Math.nextUp(GAP * Math.nextUp(Math.sqrt(fourthPowers))) * Math.scalb(1.0, -bits);
    }

    /** The gap xi in delta for this number of releases. */
    static double deltaGap(long releases) {
        return Math.nextUp((releases + 4) * DELTA_GAP);
    }

    /**
     * Checks the premise of the bound, {@code 2^-10 <= noiseMultiplier <= 2^24}.
     *
     * @throws IllegalArgumentException if it does not hold
     */
    static void requireNoiseMultiplier(double noiseMultiplier) {
        if (!(noiseMultiplier >= MIN_NOISE_MULTIPLIER && noiseMultiplier <= MAX_NOISE_MULTIPLIER)) {
            throw new IllegalArgumentException("noise multiplier is " + noiseMultiplier + ": give "
                    + MIN_NOISE_MULTIPLIER + " (2^-10) to " + MAX_NOISE_MULTIPLIER + " (2^24) votes");
        }
    }
}
