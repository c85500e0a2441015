package io.berth.core.journal;

/**
 * A process that may hold leases.
 *
 * @param name unique to this process: host, pid and a random part; what people see
 * @param machine identity of the running system (boot id), so that another process on the same machine can tell whether
 *     the owner still lives
 * @param pid of the process
 * @param started when the process began, in the machine's own clock ticks: a pid alone may have been given away
 */
public record Owner(String name, String machine, long pid, long started) {}
