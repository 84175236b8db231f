package org.privateevolution.generation.endpoint;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.Retry;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationException;

/**
 * Posts requests to endpoints within limits and budget, and retries those that may succeed later. Safe for use by many
 * threads; a call blocks its thread. An interrupted call starts nothing new, but waits for the answer to what it has
 * sent.
 */
public final class EndpointClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final long LONGEST_HEAD_BYTES = 1 << 20;

    /** If this many attempts of a request reached no server, and none was ever reached, no server is there. */
    private static final int ATTEMPTS_TO_FIND = 3;

    private final List<Endpoint> endpoints;
    private final Retry retry;
    private final Semaphore underWay;
    private final EndpointPool pool;
    private final RateLimits rates;
    private final Spending spending;
    private final HttpClient http;

    /** @throws IllegalArgumentException if there is no endpoint */
    public EndpointClient(List<Endpoint> endpoints, CallPolicy policy) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("at least one endpoint is needed");
        }
        this.endpoints = List.copyOf(endpoints);
        this.retry = policy.retry();
        this.underWay = new Semaphore(policy.limits().concurrency());
        this.pool = new EndpointPool(endpoints.size(), System::nanoTime);
        this.rates = new RateLimits(policy.limits(), System::nanoTime);
        this.spending = new Spending(policy.budget(), policy.prices());
        // Plain HTTP/1.1: the upgrade to HTTP/2 that Java tries otherwise confuses servers without it. Redirects could
        // carry a key to another host, so none is followed.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** The usage so far. */
    public Usage usage() {
        return spending.usage();
    }

    /**
     * Checks that a server listens at one of the addresses at least. Sends no key, requests nothing, and costs nothing.
     *
     * @throws GenerationException if no server listens
     */
    public void requireReachable() {
        List<String> problems = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            try {
                exchange(
                        HttpRequest.newBuilder(endpoint.uri())
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        LONGEST_HEAD_BYTES,
                        CONNECT_TIMEOUT.multipliedBy(2));
                return;
            } catch (ConnectException | HttpConnectTimeoutException e) {
                problems.add(endpoint.name() + ": no connection: " + noConnection(endpoint, e));
            } catch (SSLException e) {
                problems.add(endpoint.name() + ": " + noTrust(endpoint, e));
            } catch (IOException e) {
                // A server is there, but does not like the request.
                return;
            }
        }
        throw new GenerationException(GenerationException.Reason.ENDPOINT, String.join("; ", problems));
    }

    /**
     * Gets an answer.
     *
     * @throws UnansweredException if every attempt failed for reasons that may pass
     * @throws GenerationException if the budget is spent, or nothing can be answered until something is changed
     * @throws InterruptedException if interrupted before the request was answered
     */
    public <T> T answer(Call<T> call) throws InterruptedException, UnansweredException {
        for (int attempt = 1; ; attempt++) {
            underWay.acquire();
            Reply<T> reply;
            try {
                reply = attempt(call);
            } finally {
                underWay.release();
            }
            String reason;
            if (reply instanceof Reply.Answered<T> answered) {
                return answered.value();
            } else if (reply instanceof Reply.Stop<T> stop) {
                throw new GenerationException(GenerationException.Reason.ENDPOINT, stop.message());
            } else if (reply instanceof Reply.Elsewhere<T> elsewhere) {
                reason = elsewhere.reason();
                if (attempt >= Math.min(ATTEMPTS_TO_FIND, retry.attempts()) && pool.isNobodyThere()) {
                    throw new GenerationException(
                            GenerationException.Reason.ENDPOINT,
                            reason + " (attempt " + attempt + ", and no request was ever answered)");
                }
            } else {
                reason = ((Reply.Again<T>) reply).reason();
            }
            if (attempt == retry.attempts()) {
                throw new UnansweredException(reason + " (attempt " + attempt + " of " + attempt + ")");
            }
            TimeUnit.NANOSECONDS.sleep(nanosAfter(attempt));
        }
    }

    /** A random wait after an attempt, with full jitter; attempts count from 1. */
    private long nanosAfter(int attempt) {
        double bound =
                Math.min(retry.longestDelay().toNanos(), retry.firstDelay().toNanos() * Math.pow(2, attempt - 1));
        return (long) (ThreadLocalRandom.current().nextDouble() * bound);
    }

    private <T> Reply<T> attempt(Call<T> call) throws InterruptedException {
        try (Spending.Reservation reservation = spending.reserve(call.atMost());
                EndpointPool.Lease lease = admit(call.rateTokens())) {
            Endpoint endpoint = endpoints.get(lease.endpoint());
            HttpResponse<Optional<byte[]>> response;
            try {
                response =
                        exchange(request(endpoint, call, lease.endpoint()), call.longestAnswerBytes(), retry.timeout());
            } catch (ConnectException | HttpConnectTimeoutException e) {
                return named(
                        endpoint,
                        lease.endpoint(),
                        new Reply.Elsewhere<>("no connection: " + noConnection(endpoint, e), Optional.of(Tokens.NONE)));
            } catch (SSLException e) {
                return named(
                        endpoint,
                        lease.endpoint(),
                        new Reply.Elsewhere<>(noTrust(endpoint, e), Optional.of(Tokens.NONE)));
            } catch (HttpTimeoutException e) {
                reservation.settle(Optional.empty(), false);
                return again(endpoint, "no answer within " + retry.timeout().toMillis() + " ms", Optional.empty());
            } catch (IOException e) {
                reservation.settle(Optional.empty(), false);
                return again(
                        endpoint,
                        "the connection broke" + StatusCodes.said(message(e)) + protocol(endpoint, e),
                        Optional.empty());
            }
            if (response.body().isEmpty()) {
                reservation.settle(Optional.empty(), false);
                return new Reply.Stop<>(endpoint.name() + tooLong(response.statusCode(), call.longestAnswerBytes()));
            }
            Reply<T> reply = read(
                    call,
                    response.statusCode(),
                    response.headers(),
                    response.body().get());
            reservation.settle(reply.cost(), reply instanceof Reply.Answered);
            return named(endpoint, lease.endpoint(), reply);
        }
    }

    /** Adds the endpoint's name to a problem, and observes the pause that the endpoint asked for. */
    private <T> Reply<T> named(Endpoint endpoint, int index, Reply<T> reply) {
        if (reply instanceof Reply.Elsewhere<T> elsewhere) {
            pool.missed(
                    index, retry.firstDelay().toNanos(), retry.longestDelay().toNanos());
            return new Reply.Elsewhere<>(
                    endpoint.name() + ": " + endpoint.redacted(elsewhere.reason()), elsewhere.cost());
        }
        pool.met(index);
        if (reply instanceof Reply.Stop<T> stop) {
            return new Reply.Stop<>(endpoint.name() + ": " + endpoint.redacted(stop.message()));
        }
        if (reply instanceof Reply.Again<T> again) {
            String reason = endpoint.redacted(again.reason());
            Duration pause = again.pause().orElse(Duration.ZERO);
            if (pause.compareTo(retry.longestDelay()) > 0) {
                return new Reply.Stop<>(endpoint.name() + ": " + reason + "; it asks for a pause of "
                        + pause.toSeconds() + " s, longer than the longest delay of "
                        + retry.longestDelay().toSeconds() + " s: start the run again later, or allow a longer delay");
            }
            pool.pause(index, pause.toNanos());
            return again(endpoint, reason, again.cost());
        }
        return reply;
    }

    private static <T> Reply<T> again(Endpoint endpoint, String reason, Optional<Tokens> cost) {
        return new Reply.Again<>(endpoint.name() + ": " + reason, Optional.empty(), cost);
    }

    private static String tooLong(int status, long limit) {
        return String.format(
                Locale.ROOT,
                ": HTTP %d with an answer of more than %,d bytes, which is the limit; check the endpoint's address, and"
                        + " what it answers such a request with",
                status,
                limit);
    }

    private static <T> Reply<T> read(Call<T> call, int status, HttpHeaders headers, byte[] body) {
        Optional<ContentEncoding> encoding = ContentEncoding.of(headers);
        boolean success = StatusCodes.isSuccess(status);
        if (encoding.isEmpty() && success) {
            return new Reply.Stop<>("the answer's content encoding is not understood"
                    + StatusCodes.said(headers.firstValue("content-encoding").orElse(""))
                    + ": have the server or gateway send plain answers or gzip");
        }
        byte[] plain = body;
        try {
            plain = encoding.orElse(ContentEncoding.IDENTITY).decoded(body, call.longestAnswerBytes());
        } catch (IOException e) {
            // The status alone identifies a failure, whatever its body says.
            if (success) {
                return new Reply.Again<>("the packed answer is broken or too long", Optional.empty(), Optional.empty());
            }
        }
        return call.read(status, headers, plain);
    }

    /** Explains a failed connection: Java tells an unknown host from a closed port only by the exception's class. */
    private static String noConnection(Endpoint endpoint, IOException e) {
        String host = endpoint.uri().getHost();
        if (e instanceof HttpConnectTimeoutException) {
            return "no reaction within " + CONNECT_TIMEOUT.toSeconds()
                    + " s: is the host right, and does a firewall let this driver through?"
                    + (endpoint.uri().getScheme().equals("https") ? " Does it speak https, or only http?" : "");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "this driver cannot find the host " + host;
            }
        }
        return "refused: is the server running there"
                + (isLoopback(host) ? ", and is it on this driver's own machine (or container)?" : "?");
    }

    /** Explains a failure of TLS: Java describes certificates in the terms of its own classes. */
    private static String noTrust(Endpoint endpoint, SSLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
                return "no connection: its certificate is not trusted, has expired, or is for another host: give the"
                        + " driver's Java a trust store that holds its issuer (-Djavax.net.ssl.trustStore=...)";
            }
        }
        return "no connection: TLS fails" + StatusCodes.said(message(e)) + ": does " + endpoint.name()
                + " speak https, or only http?";
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** Explains a closed connection: a server that speaks only TLS, or only HTTP/2, closes any other. */
    private static String protocol(Endpoint endpoint, IOException e) {
        return message(e).contains("received no bytes")
                ? ": does it speak "
                        + (endpoint.uri().getScheme().equals("http") ? "https, or HTTP/2 only?" : "HTTP/2 only?")
                : "";
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Waits for an endpoint that is not paused and for a slot within the rate limits. */
    private EndpointPool.Lease admit(long tokens) throws InterruptedException {
        while (true) {
            long paused = pool.nanosUntilOneIsFree();
            if (paused > 0) {
                long jitter = (long) (ThreadLocalRandom.current().nextDouble()
                        * retry.firstDelay().toNanos());
                TimeUnit.NANOSECONDS.sleep(paused + jitter);
            }
            TimeUnit.NANOSECONDS.sleep(rates.reserve(tokens));
            EndpointPool.Lease lease = pool.lease();
            if (lease != null) {
                return lease;
            }
            // All endpoints were paused while this waited. The slot is lost, because using it later would bunch slots.
        }
    }

    private static HttpRequest request(Endpoint endpoint, Call<?> call, int index) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri(endpoint.uri()))
                .header("Content-Type", call.contentType())
                .header("Accept", call.accept())
                .POST(BodyPublishers.ofByteArray(call.body(index)));
        endpoint.key().ifPresent(key -> request.header(endpoint.keyHeader(), endpoint.keyPrefix() + key.value()));
        return request.build();
    }

    /** Exchanges a request for a response; its body is empty if it is longer than the limit. */
    private HttpResponse<Optional<byte[]>> exchange(HttpRequest request, long longestBytes, Duration timeout)
            throws IOException {
        CompletableFuture<HttpResponse<Optional<byte[]>>> exchange =
                http.sendAsync(request, head -> new LimitedBody(longestBytes));
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return exchange.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // The request is paid for by now: waits for its answer, and passes the interrupt on afterwards.
                    interrupted = true;
                } catch (TimeoutException e) {
                    exchange.cancel(true);
                    throw new HttpTimeoutException("no answer in time");
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
