package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import java.util.Set;

/**
 * Copies of VM directories on another host, made under a name of the operation's own and given their place when they are
 * whole and durable. The data goes straight from host to host. Thread-safe.
 */
public interface DirectoryCopies {
    /** How far an operation's copy is. */
    enum State {
        /** Nothing of it is there, or it has its place and is forgotten as a copy. */
        NONE,
        PARTIAL,
        /** Every byte has been compared, but for those of hollow files, and all is durable. */
        WHOLE,
        /** It has the directory's name; nobody else can have given it that. */
        PLACED
    }

    State state(OperationId operation, VmDirectory directory, HostRef to);

    /**
     * Brings the directory to the other host until its copy is {@link State#WHOLE}: files with their holes, links as they
     * are, modes, owners, times. An attempt that was cut goes on where the other host's verified data ends. Whole or
     * placed already is fine. Nobody may be at work on the directory, but for its hollow files.
     *
     * @param hollow files whose content somebody else brings, by their paths in the directory: they become as long as they
     *     are, and empty. The same at each attempt
     * @param call its deadline has to fit the directory's size; {@code progress} hears bytes that are read, not those sent
     * @throws io.berth.driver.Failure {@code directory.occupied} (CONFLICT) when the other host has one of that name; {@code
     *     directory.changed} (CONFLICT) when somebody changed it meanwhile; {@code directory.special-file} (ENVIRONMENT);
     *     {@code directory.cut} (ENVIRONMENT) when the hosts can't reach each other, or no further; {@code
     *     storage.no-space}, {@code storage.failed} (STORAGE)
     */
    void copy(Call call, VmDirectory directory, HostRef from, HostRef to, Set<String> hollow);

    /**
     * Gives the whole copy its place, durably. Done already is fine.
     *
     * @throws io.berth.driver.Failure {@code directory.occupied} (CONFLICT) when the other host has one of that name
     */
    void place(Call call, VmDirectory directory, HostRef to);

    /**
     * Takes the copy away again, also from its place, durably; never anything that isn't this operation's. Nothing there is
     * fine. Waits a minute for an attempt that is still being written.
     *
     * @throws io.berth.driver.Failure {@code directory.in-use} (CONFLICT)
     */
    void drop(Call call, VmDirectory directory, HostRef to);

    /** From here the directory in its place is like any other, and can't be dropped any more. Done already is fine. */
    void forget(Call call, VmDirectory directory, HostRef to);
}
