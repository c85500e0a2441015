package io.berth.opennebula.oned;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;

/**
 * Where the core listens and who asks it.
 *
 * @param endpoint http or https
 * @param longest what one call may take from connecting to the last byte; enforced by the client
 */
record OnedAccess(URI endpoint, OnedSession session, Duration longest) {
    private static final String USUAL = "http://localhost:2633/RPC2";
    private static final Duration USUAL_LONGEST = Duration.ofSeconds(30);

    /**
     * As OpenNebula's own commands find it: {@code ONE_XMLRPC}, or this machine.
     *
     * @throws Failure {@code oned.bad-endpoint} (CALLER), {@code oned.no-auth} (ENVIRONMENT)
     */
    static OnedAccess find(Map<String, String> environment) {
        var endpoint = endpoint(environment.getOrDefault("ONE_XMLRPC", USUAL).strip());
        return new OnedAccess(endpoint, OnedSession.find(environment), USUAL_LONGEST);
    }

    private static URI endpoint(String text) {
        try {
            var uri = new URI(text);
            var isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Told below.
        }
        throw Failure.of(
                        FailureKind.CALLER, "oned.bad-endpoint", "'" + Printable.line(text) + "' is no address of oned")
                .why("it has to be http://HOST:PORT/RPC2 or https://..., without a user")
                .next("correct ONE_XMLRPC, or unset it for " + USUAL)
                .build();
    }
}
