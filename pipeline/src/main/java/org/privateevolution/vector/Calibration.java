package org.privateevolution.vector;

/**
 * The kernel that this JVM searches with by default, and why. Speeds are in 1e9 floating-point operations per second,
 * two for each component of each query and candidate.
 *
 * @param kernel name of the kernel
 * @param reason one line for the log
 * @param vectorGflops speed of the Vector API kernel; 0 if the module is absent
 * @param scalarGflops speed of the scalar kernel
 * @param seconds how long the choice took
 */
public record Calibration(String kernel, String reason, double vectorGflops, double scalarGflops, double seconds) {}
