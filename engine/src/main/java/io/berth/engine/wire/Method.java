package io.berth.engine.wire;

/** HTTP's methods, as far as they are used. */
public enum Method {
    GET,
    /** Again is the same as once. */
    PUT,
    POST,
    DELETE;

    /** Whether what is asked with, beside the path, is in the body; otherwise it is in the query. */
    public boolean hasBody() {
        return this == PUT || this == POST;
    }
}
