package io.berth.transport.script;

/**
 * A thread that waits in a process's pipe, or for its end. No virtual one: the JDK has them keep their carrier there, of which there are 256
 * at most, and with so many outputs of scripts that say nothing no other virtual thread would go on.
 */
final class PipeThread {
    private PipeThread() {}

    static Thread unstarted(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).unstarted(task);
    }
}
