package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.DirectoryContent;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MoveDirectoryPlannerTest {
    private static final VmDirectory DIRECTORY = new VmDirectory("files", "5");
    private static final Optional<DirectoryContent> CONTENT =
            Optional.of(new DirectoryContent(3, DataSize.ofMebibytes(200), DataSize.ofMebibytes(100)));
    private static final Optional<Sharing> OPEN = Optional.empty();
    private static final Optional<Sharing> APART = Optional.of(Sharing.APART);
    private static final Optional<Sharing> SHARED = Optional.of(Sharing.SHARED);

    private static MoveDirectorySurvey facts(
            Optional<Sharing> declared, Optional<DirectoryContent> content, boolean isAtTarget, Failure... obstacles) {
        return new MoveDirectorySurvey(
                Facts.TOKEN,
                DIRECTORY,
                Facts.SOURCE,
                Facts.TARGET,
                declared,
                content,
                isAtTarget,
                DataSize.ofMebibytes(100),
                List.of(obstacles));
    }

    private static List<String> names(MoveDirectorySurvey facts) {
        return MoveDirectoryPlanner.plan(facts).steps().stream().map(Step::name).toList();
    }

    private static void assertRefused(MoveDirectorySurvey facts, String code) {
        assertThatThrownBy(() -> MoveDirectoryPlanner.plan(facts))
                .isInstanceOfSatisfying(
                        Failure.class, why -> assertThat(why.code()).isEqualTo(code));
    }

    @Test
    void theTargetsIsWholeBeforeTheSourcesIsTouchedAndNoWayBackComesInBetween() {
        var plan = MoveDirectoryPlanner.plan(facts(OPEN, CONTENT, false));

        assertThat(plan.steps().stream().map(Step::name))
                .containsExactly("find-sharing-files", "bring-directory-1", "leave-directory-1");
        assertThat(plan.pointOfNoReturn()).isEqualTo(2);
        assertThat(plan.confirmations()).containsExactly("bring-directory-1");
        assertThat(plan.cleanup()).isEqualTo(2);
    }

    @Test
    void whatIsSaidNeedNotBeFoundOut() {
        assertThat(names(facts(APART, CONTENT, false))).containsExactly("bring-directory-1", "leave-directory-1");
    }

    @Test
    void whatTheHostsAreSaidToShareIsThereAlready() {
        assertThat(names(facts(SHARED, CONTENT, true))).isEmpty();
    }

    @Test
    void whatTheTargetDoesNotSeeThoughItIsSaidToBeSharedIsTold() {
        assertRefused(facts(SHARED, Optional.empty(), false), "directory.absent");
    }

    @Test
    void whoAsksTwiceIsToldTheSame() {
        for (var declared : List.of(OPEN, APART)) {
            assertThat(names(facts(declared, Optional.empty(), true))).isEmpty();
        }
    }

    @Test
    void twoDirectoriesOfOneNameAreTheSameOneOrNobodysToChoose() {
        assertThat(names(facts(OPEN, CONTENT, true))).startsWith("find-sharing-files");
        assertRefused(facts(APART, CONTENT, true), "directory.occupied");
    }

    @Test
    void whatIsNowhereCanNotBeMoved() {
        assertRefused(facts(OPEN, Optional.empty(), false), "directory.absent");
    }

    @Test
    void withoutRoomNothingIsBegun() {
        var large = Optional.of(new DirectoryContent(1, DataSize.ofMebibytes(101), DataSize.ofMebibytes(101)));

        assertRefused(facts(APART, large, false), "storage.no-room");
    }

    @ParameterizedTest
    @EnumSource(Sharing.class)
    void anObstacleCountsWhateverIsShared(Sharing declared) {
        var inUse = Failure.of(FailureKind.CONFLICT, "directory.in-use", "it is used")
                .next("wait")
                .build();

        assertRefused(facts(Optional.of(declared), CONTENT, true, inUse), "directory.in-use");
    }
}
