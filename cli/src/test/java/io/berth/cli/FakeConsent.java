package io.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody who gives a fixed answer, or nobody at all. */
final class FakeConsent implements Consent {
    Optional<Boolean> answer = Optional.empty();
    final List<String> questions = new ArrayList<>();

    @Override
    public boolean canBeAsked() {
        return answer.isPresent();
    }

    @Override
    public boolean isGiven(String question) {
        questions.add(question);
        return answer.orElseThrow();
    }
}
