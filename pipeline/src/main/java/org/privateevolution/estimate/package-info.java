/**
 * The estimate: one weighting of synthetic points that explains all releases of a run together. It reads released numbers and
 * public points only, so it costs no privacy (post-processing).
 *
 * <h2>What is estimated</h2>
 *
 * <p>Every release of a run is a noisy count over the cells of a public partition: the nearest-candidate cells of a vote, the
 * bins of a column or of a pair of columns. A pool of points i = 1..m with weights w predicts the counts A_r w of release r,
 * A_r holding what each point adds to each cell ({@link org.privateevolution.estimate.Partition}). The estimate minimises
 *
 * <pre>
 *     P(w) = sum over r of |A_r w - y_r|^2 / (2 sigma_r^2)  +  KL(w || q),     w &gt;= 0, sum w = n            (1)
 *     KL(w || q) = sum over i of w_i log(w_i / q_i),    q the prior weights, scaled to the sum of w
 * </pre>
 *
 * <p>It can be read in two ways. As a posterior mode: suppose that the n private records were drawn independently from the
 * prior q; the probability that n w_i / n of them lie at point i is exp(-KL(w || q)), up to terms of lower order (Sanov), and
 * that of the noisy counts given the records is the normal density; P is the negative logarithm of the product. A cell that no
 * release but one sees gets the compromise between a count with noise sigma^2 and a Poisson variable whose mean is what the
 * prior predicts. As maximum entropy: of all weightings that explain the counts equally well, it takes the one that says least
 * beyond the prior, and as sigma goes to 0 it becomes that of iterative proportional fitting (Deming and Stephan 1940, Csiszar
 * 1975), with cells that agree with the counts exactly.
 *
 * <h2>The prior</h2>
 *
 * <p>The prior is what the pool says before any count: which points are likely, and by how much. Where no release tells two
 * points apart, their weights keep the prior's ratio; two points with equal rows are one point with the sum of their priors.
 * A point with prior weight 0 never gets weight. Against a release with large sigma the prior wins; its strength is that of n
 * records, as (1) has no factor before KL. A pool that was drawn from an earlier estimate carries that estimate's density, so
 * uniform prior weights on it make the releases count twice, mildly, as a sharpening; the prior ratio of the density aimed at
 * over the density drawn from takes it out.
 *
 * <h2>The dual</h2>
 *
 * <p>With one multiplier lambda_rc for each cell and mu for the total, the minimising w of the Lagrangian is
 *
 * <pre>
 *     w_i = q_i exp(mu + sum over r of (A_r' lambda_r)_i)                                                  (2)
 *     D(lambda, mu) = sum over r of (lambda_r y_r - sigma_r^2 |lambda_r|^2 / 2)  +  mu n  -  sum over i of w_i  +  sum q
 * </pre>
 *
 * <p>so a fit is a log-linear model with a ridge penalty whose strength is the noise, and nothing is tuned. D is smooth and strictly
 * concave in lambda. Its gradient in lambda_rc is y - (A_r w)_c - sigma^2 lambda. For w of (2) with the sum n,
 *
 * <pre>
 *     P(w) - D(lambda, mu) = sum over all cells of (gradient)^2 / (2 sigma_r^2)                            (3)
 * </pre>
 *
 * <p>which is a duality gap: P(w) lies above its least value by no more than (3). As the entropy is strongly convex, (3) also bounds
 * the distance of w from the optimum ({@link org.privateevolution.estimate.Estimate#distanceBound}). It is computed and
 * returned; the fit stops when it is small, not after a number of sweeps. A cell without points adds a constant to P and nothing to
 * (3).
 *
 * <h2>Why one step a cell ascends</h2>
 *
 * <p>Changing the multipliers of release r by delta multiplies w_i by exp((A_r' delta)_i). With S the greatest sum of a row of
 * A_r, convexity of exp gives (Darroch and Ratcliff 1972)
 *
 * <pre>
 *     sum over i of w_i exp((A_r' delta)_i)  &lt;=  constant + sum over c of ((A_r w)_c / S) exp(S delta_c)
 * </pre>
 *
 * <p>with equality at delta = 0, and everywhere if points lie in one cell each. So D, as a function of delta, lies above a sum of
 * functions of one delta_c each that touches it at 0; the maximum of each is the root t = S delta_c of
 *
 * <pre>
 *     e exp(t) + kappa t = y - sigma^2 lambda,     e = (A_r w)_c,  kappa = sigma^2 / S                     (4)
 * </pre>
 *
 * <p>A Newton step from 0 is (y - e - sigma^2 lambda) / (e + kappa), damped to be safe; here the root is taken itself, by the
 * Wright omega function, in logarithms (where it is near 0, by a step of third order), which ascends with no damping whatever
 * sizes e and sigma have. All cells of a release step
 * at once; then the next release; then mu, which scales w to the sum n. For partitions proper this is block coordinate
 * ascent with exact blocks, and converges to the maximum linearly (Luo and Tseng 1992); with rows of several cells it is the same
 * with blocks replaced by a touching lower bound, with the same limit. Duals do not refer to points, so those of the fit before are
 * a start for the next, with one more release and another pool ({@link org.privateevolution.estimate.Duals}).
 *
 * <p>A sweep takes time in proportion to points times releases, plus cells. Few sweeps are needed where noise is comparable to
 * counts; many where cells of several releases contradict each other and sigma is small beside the contradictions, for then lambda
 * has to grow to their quotient. Such a fit ends unconverged and says how near it came.
 *
 * <h2>Tiny noise</h2>
 *
 * <p>The exact sigma of nearly noiseless counts would serve nobody: a pool of m points shows no share of records more finely than
 * 1/sqrt(m), so its counts contradict each other far beyond sigma, and duals would have to grow without bound. So sigma_r^2 in (1)
 * is at least half the tolerated distance times the mean count of the release (negative counts as 0), and at least a 10^10th of the
 * greatest count or expected total; objective, gap and duals are those of (1) with it. A cell that the weights can match is then
 * off by at most half the distance times its dual value, as a share of the mean count. Noise of a twentieth of a cell's Poisson
 * noise or more is taken as it is at the default tolerance. No dual value exceeds 10^10.
 *
 * <p>Weights that might leave the range of a double are carried as logarithms, so that an emptied cell fills again in one step. A
 * cell without points keeps the dual value that it started from: its own optimum, count / sigma^2, is a constant of the fit, and
 * would put all weight on the first points that a later pool has there.
 *
 * <h2>Totals and labels</h2>
 *
 * <p>Records vote among candidates of their own label, so in (1) each label has its own prior and its own {@link
 * org.privateevolution.estimate.Total}, and cells of votes hold points of one label. Labels are then independent problems, which
 * may be solved one by one; solved together they step as they would alone. Bins that do not know the label have cells
 * with points of all labels and tie them; nothing else changes. A noisy total is one more cell. Where no total is known, KL(w || q)
 * with q scaled to the sum of w is the minimum over the sum N of q of the divergence of measures, sum of w log(w/q) - w + q; both
 * are minimised in turn, N becoming the sum of w after each sweep (the exponential method of multipliers, Tseng and Bertsekas
 * 1993). How far they still differ is the {@link org.privateevolution.estimate.Estimate#drift}.
 *
 * <p>Where a client's votes are normalised together, counts have a scale that is not known: see {@link
 * org.privateevolution.estimate.ReleasedCounts}.
 */
package org.privateevolution.estimate;
