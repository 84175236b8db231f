/**
 * Estimates one weighting of synthetic points that explains all releases of a run together. It reads only released
 * numbers and public points, so it costs no privacy (post-processing).
 *
 * <h2>What is estimated</h2>
 *
 * <p>Every release of a run consists of noisy counts over the cells of a public partition: the nearest-candidate cells
 * of a vote, or the bins of a column or of a pair of columns. A pool of points i = 1..m with weights w predicts the
 * counts A_r w of release r, where A_r holds the contribution of each point to each cell
 * ({@link org.privateevolution.estimate.Partition}). The estimate minimises
 *
 * <pre>
 *     P(w) = sum over r of |A_r w - y_r|^2 / (2 sigma_r^2)  +  KL(w || q),     w &gt;= 0, sum w = n            (1)
 *     KL(w || q) = sum over i of w_i log(w_i / q_i),    q the prior weights, scaled to the sum of w
 * </pre>
 *
 * <p>There are two ways to read this. First, as a posterior mode: suppose that the n private records were drawn
 * independently from the prior q. The probability that w_i of them lie at point i, for all i, is exp(-KL(w || q)), up
 * to terms of lower order (Sanov), and the density of the noisy counts given the records is the normal density. P is
 * the negative logarithm of the product. A cell that only one release sees gets a compromise between a count with noise
 * sigma^2 and a Poisson variable whose mean is the prior's prediction. Second, as maximum entropy: of all weightings
 * that explain the counts equally well, the estimate is the one that says least beyond the prior. As sigma goes to 0 it
 * becomes the result of iterative proportional fitting (Deming and Stephan 1940, Csiszar 1975), whose cells agree with
 * the counts exactly.
 *
 * <h2>The prior</h2>
 *
 * <p>The prior is what the pool says before any count: which points are likely, and by how much. Where no release tells
 * two points apart, their weights keep the prior's ratio; two points with equal rows act as one point with the sum of
 * their priors. A point with prior weight 0 never gets weight. Against a release with large sigma the prior wins. Its
 * strength is that of n records, as (1) has no factor before KL. A pool drawn from an earlier estimate already carries
 * the density of that estimate. With uniform prior weights on such a pool, the releases mildly count twice, which
 * sharpens the result. To avoid this, take as prior weight the ratio of the target density to the density that was
 * drawn from.
 *
 * <h2>The dual</h2>
 *
 * <p>With one multiplier lambda_rc for each cell and mu for the total, the Lagrangian is minimised by
 *
 * <pre>
 *     w_i = q_i exp(mu + sum over r of (A_r' lambda_r)_i)                                                  (2)
 *     D(lambda, mu) = sum over r of (lambda_r y_r - sigma_r^2 |lambda_r|^2 / 2)
 *                     +  mu n  -  sum over i of w_i  +  sum q
 * </pre>
 *
 * <p>so a fit is a log-linear model with a ridge penalty whose strength is the noise, and nothing is tuned. D is smooth
 * and strictly concave in lambda. Its gradient in lambda_rc is y - (A_r w)_c - sigma^2 lambda. For w of (2) with the
 * sum n,
 *
 * <pre>
 *     P(w) - D(lambda, mu) = sum over all cells of (gradient)^2 / (2 sigma_r^2)                            (3)
 * </pre>
 *
 * <p>which is a duality gap: P(w) lies above its minimum by no more than (3). As the entropy is strongly convex, (3)
 * also bounds the distance of w from the optimum ({@link org.privateevolution.estimate.Estimate#distanceBound}). The
 * gap is computed and returned; the fit stops when the gap is small, not after a number of sweeps. A cell without
 * points adds a constant to P and nothing to (3).
 *
 * <h2>Why one step per cell ascends</h2>
 *
 * <p>Changing the multipliers of release r by delta multiplies w_i by exp((A_r' delta)_i). With S the greatest row sum
 * of A_r, convexity of exp gives (Darroch and Ratcliff 1972)
 *
 * <pre>
 *     sum over i of w_i exp((A_r' delta)_i)  &lt;=  constant + sum over c of ((A_r w)_c / S) exp(S delta_c)
 * </pre>
 *
 * <p>with equality at delta = 0, and everywhere if each point lies in one cell. So D, as a function of delta, lies
 * above a sum of functions of one delta_c each, which touches it at 0. The maximum of each of these functions is at the
 * root t = S delta_c of
 *
 * <pre>
 *     e exp(t) + kappa t = y - sigma^2 lambda,     e = (A_r w)_c,  kappa = sigma^2 / S                     (4)
 * </pre>
 *
 * <p>A Newton step from 0, (y - e - sigma^2 lambda) / (e + kappa), would have to be damped to be safe. Instead, the
 * root itself is computed by the Wright omega function, in logarithms (near 0, by a step of third order). This step
 * ascends without damping, whatever the sizes of e and sigma. All cells of a release step at once; then the next
 * release; then mu, which scales w to the sum n. For proper partitions this is block coordinate ascent with exact
 * blocks, and converges linearly to the maximum (Luo and Tseng 1992). With rows of several cells, each block is
 * replaced by a touching lower bound, with the same limit. Duals do not refer to points, so the duals of one fit are a
 * start for the next, which may have one more release and another pool ({@link org.privateevolution.estimate.Duals}).
 *
 * <p>A sweep takes time in proportion to points times releases, plus cells. Few sweeps suffice if the noise is
 * comparable to the counts. Many are needed if cells of several releases contradict each other and sigma is small
 * compared with the contradictions, because lambda then has to grow to their quotient. Such a fit ends unconverged and
 * reports its gap.
 *
 * <h2>Tiny noise</h2>
 *
 * <p>The exact sigma of nearly noiseless counts would be of no use: a pool of m points resolves shares of records no
 * more finely than 1/sqrt(m), so such counts contradict each other far beyond sigma, and duals would have to grow
 * without bound. Therefore sigma_r^2 in (1) is at least half the tolerated distance times the mean count of the release
 * (negative counts as 0), and at least a 10^10th of the greatest count or expected total; objective, gap and duals
 * refer to (1) with this variance. A cell that the weights can match is then off by at most half the distance times its
 * dual value, as a share of the mean count. At the default tolerance, noise of at least a twentieth of a cell's Poisson
 * noise is used as it is. No dual value exceeds 10^10.
 *
 * <p>Weights that might leave the range of a double are kept as logarithms, so that an emptied cell fills again in one
 * step. A cell without points keeps the dual value that it started from: its own optimum, count / sigma^2, does not
 * change this fit, but would put all weight on the first points that a later pool has in the cell.
 *
 * <h2>Totals and labels</h2>
 *
 * <p>Records vote among candidates of their own label, so in (1) each label has its own prior and its own
 * {@link org.privateevolution.estimate.Total}, and cells of votes hold points of one label. Labels are then independent
 * problems, which may be solved one by one; solved together, each takes the same steps as alone. Bins that ignore the
 * label have cells with points of all labels and so connect the labels; nothing else changes. A noisy total acts as one
 * more cell. If no total is known, KL(w || q) with q scaled to the sum of w is the minimum over the sum N of q of the
 * divergence of measures, sum of w log(w/q) - w + q. The two are then minimised in turn, N becoming the sum of w after
 * each sweep (the exponential method of multipliers, Tseng and Bertsekas 1993). Their remaining difference is the
 * {@link org.privateevolution.estimate.Estimate#drift}.
 *
 * <p>If a client's votes are normalised together, the counts have an unknown scale: see
 * {@link org.privateevolution.estimate.ReleasedCounts}.
 */
package org.privateevolution.estimate;
