package io.berth.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a run of {@link StorageDriverBehaviour} or {@link HypervisorDriverBehaviour} whose outcome is to be told: which
 * driver was tried on what, what it can, what it refuses, and whether it passed. When the last test of the class has
 * ended, that is written as one line of a table to a file of the class's name, in the folder {@code storage} or {@code
 * hypervisor} below the one that the system property {@code berth.tck.report} names. Without the property nothing is
 * written.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OutcomeReport.class)
public @interface TriedOn {
    /** What was behind the driver, in a table's words: {@code a real cluster}. */
    String value();
}
