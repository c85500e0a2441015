package io.berth.cli;

/** {@code berth doctor}. */
final class DoctorVerb {
    private DoctorVerb() {}

    static Verb verb() {
        return Verb.of(
                        "doctor",
                        "Look whether all that Berth needs is well, and what it may have left.",
                        DoctorVerb::run)
                .details(
                        "",
                        "Looks at configuration, journal, hosts, datastores, unfinished operations and leftovers, and"
                                + " changes nothing.",
                        "'berth datastore check' tries a datastore out.")
                .options(ListOptions.all());
    }

    private static ExitCode run(Invocation invocation) {
        return FindingListing.print(
                invocation, invocation.session().engine().upkeep().examine());
    }
}
