package io.berth.opennebula.oned;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.xml.Xml;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries one request to the core and its answer back, on a connection of its own. The JDK's old client, since it starts
 * four times as fast as the new one; told how long its body is, it neither repeats a request by itself nor follows
 * redirects with the password in hand. Thread-safe.
 */
final class OnedConnection {
    private static final int TO_CONNECT = 5_000;

    private final OnedAccess access;

    OnedConnection(OnedAccess access) {
        this.access = access;
    }

    /**
     * @throws Failure {@code oned.unreachable}: nothing was sent; {@code oned.no-answer}, {@code oned.too-large}, {@code
     *     oned.not-oned}: it was, and for a call that changes something the outcome is unknown
     */
    byte[] exchange(OnedCall call) {
        var sent = new AtomicBoolean();
        var answer = new FutureTask<>(() -> exchange(call, sent));
        // A virtual one: interrupting it closes the socket it waits for.
        Thread.ofVirtual().name("oned-call").start(answer);
        try {
            return answer.get(access.longest().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw lost(call, sent, "no answer within " + access.longest().toSeconds() + " s");
        } catch (ExecutionException problem) {
            if (problem.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw lost(call, sent, access.session().hidden(String.valueOf(problem.getCause())));
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw lost(call, sent, "the wait for it was ended");
        }
    }

    private byte[] exchange(OnedCall call, AtomicBoolean sent) throws IOException {
        var body = call.request(access.session());
        var connection = connection(body.length);
        try {
            connection.connect();
            sent.set(true);
            connection.getOutputStream().write(body);
            var status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw notOned(call, status);
            }
            try (var in = connection.getInputStream()) {
                var answer = in.readNBytes(Xml.LONGEST + 1);
                if (answer.length > Xml.LONGEST) {
                    throw tooLarge(call);
                }
                return answer;
            }
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connection(int length) throws IOException {
        var connection = (HttpURLConnection) access.endpoint().toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod("POST");
        connection.setConnectTimeout(TO_CONNECT);
        connection.setReadTimeout((int) access.longest().toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(length);
        connection.setRequestProperty("Content-Type", "text/xml");
        connection.setRequestProperty("Connection", "close");
        // The JDK keeps a connection all the same, unless the answer says that it is the last, and whoever got it might
        // send a call while its other end is closed. By its contract nobody with another authenticator gets it.
        connection.setAuthenticator(new Authenticator() {});
        return connection;
    }

    private Failure lost(OnedCall call, AtomicBoolean sent, String why) {
        if (!sent.get()) {
            return Failure.of(FailureKind.ENVIRONMENT, "oned.unreachable", "OpenNebula's core can't be reached")
                    .why(access.endpoint() + ": " + Printable.line(why))
                    .next("look whether oned runs (systemctl status opennebula); ONE_XMLRPC says where it is asked")
                    .build();
        }
        return OnedFailures.withoutOutcome(call, "oned.no-answer", "OpenNebula's core didn't answer " + call.method())
                .why(access.endpoint() + ": " + Printable.line(why))
                .build();
    }

    private Failure notOned(OnedCall call, int status) {
        return OnedFailures.withoutOutcome(call, "oned.not-oned", "what answers is not OpenNebula's core")
                .why(access.endpoint() + " answers with HTTP " + status)
                .build();
    }

    private Failure tooLarge(OnedCall call) {
        return OnedFailures.withoutOutcome(
                        call, "oned.too-large", "the core's answer to " + call.method() + " is too large")
                .why("it has more than " + Xml.LONGEST + " bytes")
                .build();
    }
}
