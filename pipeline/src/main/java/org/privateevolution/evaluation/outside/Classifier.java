package org.privateevolution.evaluation.outside;

import java.util.SplittableRandom;

/**
 * A classifier with one hidden layer of rectified units and a softmax, trained by Adam (Kingma and Ba 2015) on
 * cross-entropy. It is small enough to be trained for every iteration of a run, and deterministic given the seed.
 *
 * <p>Vectors are centred on the training set and scaled by one number, so that components that hardly ever change keep
 * their small weight.
 */
public final class Classifier {

    private static final int HIDDEN = 128;
    private static final int BATCH = 64;
    private static final int STEPS = 1_000;
    private static final double RATE = 1e-3;
    private static final double FIRST_MOMENT = 0.9;
    private static final double SECOND_MOMENT = 0.999;
    private static final double TINY = 1e-8;

    private final int dimension;
    private final int classes;
    private final float[] center;
    private final float scale;
    private final Layer hidden;
    private final Layer output;

    private Classifier(int dimension, int classes, float[] center, float scale, SplittableRandom random) {
        this.dimension = dimension;
        this.classes = classes;
        this.center = center;
        this.scale = scale;
        this.hidden = new Layer(dimension, HIDDEN, random);
        this.output = new Layer(HIDDEN, classes, random);
    }

    /**
     * Trains on labelled vectors.
     *
     * @param vectors row-major, at least one row
     * @param labels label of each row, 0 to {@code classes - 1}
     */
    public static Classifier train(int dimension, int classes, float[] vectors, int[] labels, long seed) {
        if (labels.length == 0 || vectors.length != (long) labels.length * dimension) {
            throw new IllegalArgumentException(vectors.length + " floats are not " + labels.length
                    + " vectors of dimension " + dimension + ", at least one");
        }
        float[] center = new float[dimension];
        float scale = normalization(dimension, vectors, center);
        SplittableRandom random = new SplittableRandom(seed);
        Classifier classifier = new Classifier(dimension, classes, center, scale, random);
        for (int step = 1; step <= STEPS; step++) {
            classifier.step(step, vectors, labels, random);
        }
        return classifier;
    }

    /** The share of vectors whose label is predicted, 0 to 1. */
    public double accuracy(float[] vectors, int[] labels) {
        float[] input = new float[dimension];
        float[] inner = new float[HIDDEN];
        float[] scores = new float[classes];
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            predict(vectors, row, input, inner, scores);
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            right += best == labels[row] ? 1 : 0;
        }
        return right / (double) labels.length;
    }

    /**
     * Writes the mean of the vectors to {@code center}; returns one over the root mean square of the centred vectors,
     * or 1 if these are all 0.
     */
    private static float normalization(int dimension, float[] vectors, float[] center) {
        int rows = vectors.length / dimension;
        double[] sums = new double[dimension];
        for (int i = 0; i < vectors.length; i++) {
            sums[i % dimension] += vectors[i];
        }
        for (int j = 0; j < dimension; j++) {
            center[j] = (float) (sums[j] / rows);
        }
        double squares = 0;
        for (int i = 0; i < vectors.length; i++) {
            double apart = vectors[i] - center[i % dimension];
            squares += apart * apart;
        }
        return squares == 0 ? 1 : (float) Math.sqrt(vectors.length / squares);
    }

    private void predict(float[] vectors, int row, float[] input, float[] inner, float[] scores) {
        for (int j = 0; j < dimension; j++) {
            input[j] = (vectors[row * dimension + j] - center[j]) * scale;
        }
        hidden.apply(input, inner);
        for (int h = 0; h < HIDDEN; h++) {
            inner[h] = Math.max(0, inner[h]);
        }
        output.apply(inner, scores);
    }

    private void step(int step, float[] vectors, int[] labels, SplittableRandom random) {
        float[] input = new float[dimension];
        float[] inner = new float[HIDDEN];
        float[] scores = new float[classes];
        float[] innerError = new float[HIDDEN];
        for (int n = 0; n < BATCH; n++) {
            int row = random.nextInt(labels.length);
            predict(vectors, row, input, inner, scores);
            softmax(scores);
            scores[labels[row]] -= 1;
            output.inputError(scores, innerError);
            output.backward(inner, scores);
            for (int h = 0; h < HIDDEN; h++) {
                innerError[h] = inner[h] > 0 ? innerError[h] : 0;
            }
            hidden.backward(input, innerError);
        }
        double rate = RATE * Math.sqrt(1 - Math.pow(SECOND_MOMENT, step)) / (1 - Math.pow(FIRST_MOMENT, step));
        hidden.update((float) rate);
        output.update((float) rate);
    }

    private static void softmax(float[] scores) {
        float most = scores[0];
        for (float score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int c = 0; c < scores.length; c++) {
            scores[c] = (float) Math.exp(scores[c] - most);
            sum += scores[c];
        }
        for (int c = 0; c < scores.length; c++) {
            scores[c] /= (float) sum;
        }
    }

    /**
     * A linear layer: the weights of each input, then the biases. Inner loops run over outputs, which the compiler
     * vectorises.
     */
    private static final class Layer {
        private final int inputs;
        private final int outputs;
        private final float[] weights;
        private final float[] gradient;
        private final float[] first;
        private final float[] second;

        Layer(int inputs, int outputs, SplittableRandom random) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.weights = new float[(inputs + 1) * outputs];
            this.gradient = new float[weights.length];
            this.first = new float[weights.length];
            this.second = new float[weights.length];
            // Initial weights after He et al. 2015.
            double deviation = Math.sqrt(2.0 / inputs);
            for (int i = 0; i < inputs * outputs; i++) {
                weights[i] = (float) (random.nextGaussian() * deviation);
            }
        }

        void apply(float[] in, float[] out) {
            System.arraycopy(weights, inputs * outputs, out, 0, outputs);
            for (int i = 0; i < inputs; i++) {
                float value = in[i];
                int at = i * outputs;
                for (int o = 0; o < outputs; o++) {
                    out[o] += value * weights[at + o];
                }
            }
        }

        /** Adds to the gradient. */
        void backward(float[] in, float[] error) {
            for (int i = 0; i < inputs; i++) {
                float value = in[i];
                int at = i * outputs;
                for (int o = 0; o < outputs; o++) {
                    gradient[at + o] += value * error[o];
                }
            }
            for (int o = 0; o < outputs; o++) {
                gradient[inputs * outputs + o] += error[o];
            }
        }

        /** Computes the error of the inputs. */
        void inputError(float[] error, float[] inputError) {
            for (int i = 0; i < inputs; i++) {
                float sum = 0;
                for (int o = 0; o < outputs; o++) {
                    sum += error[o] * weights[i * outputs + o];
                }
                inputError[i] = sum;
            }
        }

        void update(float rate) {
            for (int i = 0; i < weights.length; i++) {
                float mean = gradient[i] / BATCH;
                first[i] += (float) (1 - FIRST_MOMENT) * (mean - first[i]);
                second[i] += (float) (1 - SECOND_MOMENT) * (mean * mean - second[i]);
                weights[i] -= rate * first[i] / ((float) Math.sqrt(second[i]) + (float) TINY);
                gradient[i] = 0;
            }
        }
    }
}
