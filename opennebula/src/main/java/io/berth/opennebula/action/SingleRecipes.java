package io.berth.opennebula.action;

import java.util.List;

/** Requests that are one script and nothing else. */
final class SingleRecipes {
    private SingleRecipes() {}

    static Recipe poll(Ask ask) {
        return new Recipe.Single(ask.hypervisor("POLL", "poll", Side.HOST, List.of(ask.deployId(), ask.host())));
    }

    static Recipe ofGuest(Ask ask, String action, String script) {
        return new Recipe.Single(ask.hypervisor(action, script, Side.HOST, List.of(ask.deployId())));
    }
}
